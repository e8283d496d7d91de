using ExportHub.Access;
using ExportHub.Access.Safeguards;
using ExportHub.Pages.Request;
using ExportHub.Schedules;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExportHub.Pages.Schedules;

/// <summary>Changes what a schedule says.</summary>
[CountsAs(LimitKind.Create)]
[RequestSizeLimit(RequestModel.LargestForm)]
[RequestFormLimits(ValueLengthLimit = RequestModel.LargestForm)]
internal sealed class EditScheduleModel(ScheduleFormDesk desk, PermittedSchedules schedules, SaveSchedule save) : PageModel
{
    public Schedule Schedule { get; private set; } = null!;

    /// <summary>Null where an obstacle is.</summary>
    public ScheduleFormView? View { get; private set; }

    /// <summary>Why it cannot be changed now, in a sentence.</summary>
    public string? Obstacle { get; private set; }

    public bool IsOfAnother => Schedule.Owner != Viewer.Of(User).Name;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel) =>
        await FindAsync(id, cancel) ? await ShowAsync(ScheduleForm.Of(Schedule), refusal: null, cancel) : NotFound();

    /// <param name="form">What was filled in.</param>
    /// <param name="act">The button that was pressed.</param>
    public async Task<IActionResult> OnPostAsync(Guid id, ScheduleForm form, string? act, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel))
        {
            return NotFound();
        }

        var viewer = Viewer.Of(User);
        var outcome = act == ScheduleFormDesk.ShowRuns ? null : await save.ChangeAsync(id, await desk.ReadAsync(form, viewer, cancel), viewer, cancel);
        return outcome is ScheduleOutcome.Saved ? LocalRedirect($"/schedules/{id}") : await ShowAsync(form, outcome, cancel);
    }

    private async Task<bool> FindAsync(Guid id, CancellationToken cancel)
    {
        if (await schedules.FindAsync(id, Viewer.Of(User), cancel) is not { } schedule)
        {
            return false;
        }

        Schedule = schedule;
        return true;
    }

    private async Task<PageResult> ShowAsync(ScheduleForm form, ScheduleOutcome? refusal, CancellationToken cancel)
    {
        var (dataset, obstacle) = await desk.FindAsync(Schedule.Dataset, Viewer.Of(User), cancel);
        Obstacle = obstacle;
        View = dataset is null ? null : await desk.ShowAsync(form, dataset, refusal, Viewer.Of(User), cancel);
        return Page();
    }
}
