using System.Globalization;
using ExportHub.Access;
using ExportHub.Language;
using ExportHub.Pages.Request;
using ExportHub.Schedules;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExportHub.Pages.Schedules;

/// <summary>One schedule: its runs, those to come, and what can be done with it.</summary>
internal sealed class ScheduleModel(ScheduleDesk desk, SaveSchedule save, RunSchedule run) : PageModel
{
    public ScheduleView View { get; private set; } = null!;

    public List<FormError> Errors { get; } = [];

    /// <summary>What was done by the button that led here; null when none did.</summary>
    public string? Done { get; private set; }

    /// <summary>What is wrong with a field; null when nothing is.</summary>
    public string? ErrorOf(string field) => Errors.Find(error => error.Field == field)?.Message;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        var answer = await ShowAsync(id, cancel);
        Done = View is null ? null : await desk.DoneAsync(View.Schedule, Request.Query, cancel);
        return answer;
    }

    public async Task<IActionResult> OnPostRunAsync(Guid id, CancellationToken cancel) =>
        await run.NowAsync(id, Viewer.Of(User), cancel) is RunRequest.Asked asked ? Back(id, $"did=run&run={asked.Occurrence.Id}") : NotFound();

    public async Task<IActionResult> OnPostPauseAsync(Guid id, string? reason, CancellationToken cancel) =>
        await AnswerAsync(id, await save.PauseAsync(id, Viewer.Of(User), reason, cancel), "paused", cancel);

    public async Task<IActionResult> OnPostResumeAsync(Guid id, CancellationToken cancel) =>
        await AnswerAsync(id, await save.ResumeAsync(id, Viewer.Of(User), cancel), "resumed", cancel);

    /// <param name="owner">Who is to have it.</param>
    public async Task<IActionResult> OnPostGiveAsync(Guid id, string? owner, CancellationToken cancel) =>
        await AnswerAsync(id, await save.TakeOverAsync(id, owner, Viewer.Of(User), cancel), "given", cancel);

    /// <param name="occurrence">The run.</param>
    public async Task<IActionResult> OnPostDeliverAsync(Guid id, Guid occurrence, CancellationToken cancel) =>
        await AnswerAsync(id, await run.ReleaseAsync(occurrence, Viewer.Of(User), cancel), "delivered", cancel);

    /// <param name="occurrence">The run.</param>
    public async Task<IActionResult> OnPostDropAsync(Guid id, Guid occurrence, CancellationToken cancel) =>
        await AnswerAsync(id, await run.DropAsync(occurrence, Viewer.Of(User), cancel), "dropped", cancel);

    public async Task<IActionResult> OnPostDeleteAsync(Guid id, CancellationToken cancel) =>
        await save.DeleteAsync(id, Viewer.Of(User), cancel) is not ScheduleOutcome.Saved and var refused
            ? await AnswerAsync(id, refused, "", cancel)
            : LocalRedirect("/schedules?deleted");

    /// <param name="to">The last day.</param>
    public async Task<IActionResult> OnPostBackfillAsync(Guid id, DateOnly? from, DateOnly? to, CancellationToken cancel)
    {
        if (from is not { } first || to is not { } last)
        {
            Errors.Add(new FormError(from is null ? "past-from" : "past-to", Text.Of("Give the first and the last day.")));
            return await ShowAsync(id, cancel);
        }

        switch (await run.BackfillAsync(id, first, last, Viewer.Of(User), cancel))
        {
            case BackfillOutcome.Asked asked:
                return Back(id, string.Create(CultureInfo.InvariantCulture, $"did=past&runs={asked.Runs}"));
            case BackfillOutcome.Rejected rejected:
                Tell(rejected.Errors);
                break;
        }

        return await ShowAsync(id, cancel);
    }

    private LocalRedirectResult Back(Guid id, string what) => LocalRedirect($"/schedules/{id}?{what}");

    private async Task<IActionResult> AnswerAsync(Guid id, ScheduleOutcome outcome, string done, CancellationToken cancel)
    {
        switch (outcome)
        {
            case ScheduleOutcome.Saved:
                return Back(id, $"did={done}");
            case ScheduleOutcome.Rejected rejected:
                Tell(rejected.Errors);
                break;
            case ScheduleOutcome.NotPermitted refused:
                Errors.Add(new FormError(null, refused.Message));
                break;
        }

        return await ShowAsync(id, cancel);
    }

    private void Tell(IReadOnlyDictionary<string, string[]> errors)
    {
        foreach (var (field, messages) in errors)
        {
            Errors.Add(new FormError(field switch { "from" or "to" => $"past-{field}", "owner" or "reason" => field, _ => null }, string.Join(' ', messages)));
        }
    }

    private async Task<IActionResult> ShowAsync(Guid id, CancellationToken cancel)
    {
        if (await desk.FindAsync(id, Viewer.Of(User), Request, cancel) is not { } view)
        {
            return NotFound();
        }

        View = view;
        return Page();
    }
}
