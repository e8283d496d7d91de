using ExportHub.Access;
using ExportHub.Access.Safeguards;
using ExportHub.Datasets;
using ExportHub.Exports;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExportHub.Pages.Request;

/// <summary>The preview of a request form as a fragment, for the script that shows it beside the form.</summary>
[CountsAs(LimitKind.Preview)]
internal sealed class PreviewModel(PermittedDatasets datasets, PreflightExport preflight) : PageModel
{
    [BindProperty]
    public RequestForm Form { get; set; } = new();

    public PreflightView Preview { get; private set; } = null!;

    /// <param name="dataset">Name from the address.</param>
    public async Task<IActionResult> OnPostAsync(string dataset, CancellationToken cancel)
    {
        var viewer = Viewer.Of(User);
        if (await datasets.FindAsync(dataset, viewer, cancel) is not { } found)
        {
            return NotFound();
        }

        Form.Tidy(found);
        Preview = await PreflightView.OfAsync(Form, found, preflight, viewer, cancel);
        return Page();
    }
}
