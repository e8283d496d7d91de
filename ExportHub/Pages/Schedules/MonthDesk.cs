using ExportHub.Access;
using ExportHub.Schedules;

namespace ExportHub.Pages.Schedules;

/// <summary>Gathers what ran in a month, what will run, and what was missed.</summary>
internal sealed class MonthDesk(PermittedSchedules schedules, ScheduleStore store, OccurrenceStore occurrences)
{
    /// <summary>More planned runs are not worked out for one page.</summary>
    public const int MostPlanned = 5000;

    private const string Utc = "UTC";

    /// <param name="month">Its first day; null for the one that is now.</param>
    /// <param name="zone">Null for that of the schedules.</param>
    public async Task<MonthView> ReadAsync(DateOnly? month, string? zone, Viewer viewer, CancellationToken cancel)
    {
        var all = (await schedules.ListAsync(viewer, cancel)).ToDictionary(schedule => schedule.Id);
        var shown = zone ?? all.Values.GroupBy(schedule => schedule.TimeZone).MaxBy(group => group.Count())?.Key ?? Utc;
        var now = await store.NowAsync(cancel);
        var today = Day(now, shown);
        var first = month ?? new DateOnly(today.Year, today.Month, 1);
        var (from, to) = (Midnight(first, shown), Midnight(first.AddMonths(1), shown));
        var past = (await occurrences.ListAsync(viewer, from, to, cancel))
            .Where(run => all.ContainsKey(run.ScheduleId))
            .Select(run => (Schedule: all[run.ScheduleId], Status: (OccurrenceStatus?)run.Status, At: run.DueAt));
        return new MonthView(first, shown, today, Entries(past.Concat(Planned(all.Values, now > from ? now : from, to)), shown));
    }

    private static IEnumerable<(Schedule Schedule, OccurrenceStatus? Status, DateTimeOffset At)> Planned(IEnumerable<Schedule> all, DateTimeOffset from, DateTimeOffset to) => all
        .Where(schedule => schedule.PausedAt is null)
        // The first instant of the month belongs to it.
        .SelectMany(schedule => ForeseeRuns.Between(schedule, from.AddTicks(-1), to, MostPlanned).Select(run => (schedule, (OccurrenceStatus?)null, run.At)))
        .Take(MostPlanned);

    private static IEnumerable<DayEntry> Entries(IEnumerable<(Schedule Schedule, OccurrenceStatus? Status, DateTimeOffset At)> runs, string zone) => runs
        .GroupBy(run => (Day: Day(run.At, zone), run.Schedule.Id, run.Status))
        .Select(group => new DayEntry(group.Key.Day, group.Key.Id, group.First().Schedule.Name, group.Key.Status, group.Min(run => run.At), group.Count()));

    private static DateOnly Day(DateTimeOffset at, string zone) => DateOnly.FromDateTime(ZoneTime.In(at, zone).DateTime);

    /// <summary>When a day begins; in a zone that leaves out midnight then, a moment before.</summary>
    private static DateTimeOffset Midnight(DateOnly day, string zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, ZoneTime.Find(zone).GetUtcOffset(local)).ToUniversalTime();
    }
}
