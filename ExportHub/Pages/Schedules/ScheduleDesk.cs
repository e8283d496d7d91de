using System.Globalization;
using ExportHub.Access;
using ExportHub.Datasets;
using ExportHub.Exports;
using ExportHub.Language;
using ExportHub.Notifications;
using ExportHub.Pages.Templates;
using ExportHub.Pages.Words;
using ExportHub.Schedules;

namespace ExportHub.Pages.Schedules;

/// <summary>Gathers what the page of a schedule shows.</summary>
internal sealed class ScheduleDesk(
    PermittedSchedules schedules, ScheduleStore store, OccurrenceStore occurrences, ForeseeRuns foresee, DeliveryStore deliveries, PermittedDatasets datasets)
{
    private const int MostDeliveries = DeliveryStore.LargestPage;

    /// <summary>Null when there is none that the viewer may see.</summary>
    public async Task<ScheduleView?> FindAsync(Guid id, Viewer viewer, HttpRequest request, CancellationToken cancel)
    {
        if (await schedules.FindAsync(id, viewer, cancel) is not { } schedule)
        {
            return null;
        }

        var now = await store.NowAsync(cancel);
        var dataset = await datasets.FindAsync(schedule.Dataset, viewer, cancel);
        return new ScheduleView(schedule, viewer)
        {
            Dataset = dataset?.Title ?? schedule.Dataset,
            Phrases = dataset is { Broken: null } ? TemplateWords.Describe(dataset, schedule.Request, now) : [],
            Runs = await occurrences.ListRunsAsync(id, BeforeOf(request.Query), ScheduleView.Page, cancel),
            Next = await foresee.NextAsync(schedule, ForeseeRuns.Shown, cancel),
            PeriodNow = RunWords.Period(schedule, now),
            Deliveries = (await deliveries.ListAsync(new DeliveryFilter(Schedule: id, Size: MostDeliveries), cancel)).Items.ToLookup(delivery => delivery.OccurrenceId),
            Past = PastOf(schedule, request.Query, now),
        };
    }

    /// <summary>What was done by the button that led to an address of the page; null when none did.</summary>
    public async Task<string?> DoneAsync(Schedule schedule, IQueryCollection query, CancellationToken cancel) => (string?)query["did"] switch
    {
        "run" => await RunAsync(schedule, query, cancel),
        "paused" => Text.Of("The schedule is paused. It makes no exports until it is resumed; you can still run it now."),
        "resumed" => Text.Of("The schedule goes on with its next time. What was due meanwhile is not made up for by itself."),
        "given" => Text.Of("The schedule belongs to {0} now and runs with the rights of its owner.", schedule.Owner),
        "delivered" => Text.Of("The run is delivered."),
        "dropped" => Text.Of("The run is not delivered. Its file stays with the export."),
        "past" when int.TryParse(query["runs"], CultureInfo.InvariantCulture, out var runs) => runs switch
        {
            0 => Text.Of("All runs of these days went well already, so none is made."),
            1 => Text.Of("One past run is made. It stands in the list of runs."),
            _ => Text.Of("{0} past runs are made. They stand in the list of runs.", runs),
        },
        _ => null,
    };

    private async Task<string?> RunAsync(Schedule schedule, IQueryCollection query, CancellationToken cancel)
    {
        if (!Guid.TryParse(query["run"], out var id) || await occurrences.FindAsync(id, cancel) is not { } run || run.ScheduleId != schedule.Id)
        {
            return null;
        }

        return RunWords.Period(schedule, run.DueAt) is { } period ? Text.Of("A run was started. It exports {0}.", period) : Text.Of("A run was started.");
    }

    private static DateTimeOffset? BeforeOf(IQueryCollection query) =>
        DateTimeOffset.TryParse(query["before"], CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var before) ? before.ToUniversalTime() : null;

    private static PastSpan? PastOf(Schedule schedule, IQueryCollection query, DateTimeOffset now) =>
        DayOf(query["from"]) is { } from && DayOf(query["to"]) is { } to
            ? new PastSpan(from, to, PastRuns.Of(schedule, from, to, now, RunSchedule.MostAtOnce + 1)?.Count)
            : null;

    private static DateOnly? DayOf(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
