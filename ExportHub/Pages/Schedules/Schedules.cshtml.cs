using ExportHub.Access;
using ExportHub.Datasets;
using ExportHub.Language;
using ExportHub.Schedules;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExportHub.Pages.Schedules;

/// <summary>The person's schedules; for administrators those of everybody.</summary>
internal sealed class SchedulesModel(PermittedSchedules schedules, OccurrenceStore occurrences, PermittedDatasets datasets) : PageModel
{
    public IReadOnlyList<ScheduleLine> Lines { get; private set; } = [];

    public bool ShowsOwner { get; private set; }

    public bool IsDeleted => Request.Query.ContainsKey("deleted");

    /// <summary>How many need somebody, in a sentence; null when none does.</summary>
    public string? Troubled => Lines.Count(line => line.IsTroubled) switch
    {
        0 => null,
        1 => Text.Of("One schedule needs you: its last run failed, or a run is held until you decide. Nothing was delivered for it."),
        var count => Text.Of("{0} schedules need you: their last run failed, or a run is held until you decide. Nothing was delivered for those runs.", count),
    };

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var viewer = Viewer.Of(User);
        var titles = (await datasets.ListAsync(viewer, cancel)).ToDictionary(dataset => dataset.Name, dataset => dataset.Title, StringComparer.Ordinal);
        var found = await schedules.ListAsync(viewer, cancel);
        var latest = await occurrences.ListLatestAsync([.. found.Select(schedule => schedule.Id)], cancel);
        // Those that need somebody stand first; the sort keeps the order of names.
        Lines = [.. found.Select(schedule => new ScheduleLine(schedule, titles.GetValueOrDefault(schedule.Dataset), [.. latest[schedule.Id]])).OrderBy(line => !line.IsTroubled)];
        ShowsOwner = viewer.SeesAll;
    }
}
