using ExportHub.Access;
using ExportHub.Access.Safeguards;
using ExportHub.Pages.Request;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExportHub.Pages.Schedules;

/// <summary>The next runs of the form of a schedule as a fragment, for the script that shows them beside the form.</summary>
[CountsAs(LimitKind.Preview)]
[RequestSizeLimit(RequestModel.LargestForm)]
[RequestFormLimits(ValueLengthLimit = RequestModel.LargestForm)]
internal sealed class FormRunsModel(ScheduleFormDesk desk) : PageModel
{
    [BindProperty]
    public ScheduleForm Form { get; set; } = new();

    public FormRunsView Runs { get; private set; } = null!;

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Runs = await desk.ForeseeAsync(Form, Viewer.Of(User), cancel);
        return Page();
    }
}
