using ExportHub.Access;
using ExportHub.Datasets;
using ExportHub.Exports;
using ExportHub.Language;

namespace ExportHub.Schedules;

/// <summary>Either what is wrong with a draft, or the runs that it would have.</summary>
/// <param name="Refusal">Null when nothing is wrong.</param>
/// <param name="Runs">Empty when something is.</param>
/// <param name="Words">When it is due, in the language of the reader; null when something is wrong.</param>
internal sealed record ForeseenRuns(ScheduleOutcome? Refusal, IReadOnlyList<PlannedRun> Runs, string? Words);

/// <summary>Tells which runs will come and which days each will be about, by the same rules as they are made.</summary>
internal sealed class ForeseeRuns(ScheduleCheck check, ScheduleStore store)
{
    public const int Shown = 5;

    /// <summary>Of a draft, before it is saved.</summary>
    public async Task<ForeseenRuns> CheckAsync(ScheduleDraft draft, Viewer viewer, CancellationToken cancel)
    {
        var (settled, refusal) = await check.SettleAsync(draft, viewer, viewer, cancel);
        return settled is null
            ? new ForeseenRuns(refusal, [], null)
            : new ForeseenRuns(
                null,
                Next(settled.Terms.Request, settled.Terms.Timing, settled.Terms.TimeZone, await store.NowAsync(cancel), Shown),
                TimingWords.Of(settled.Terms.Timing, settled.Terms.TimeZone));
    }

    /// <summary>The next of a schedule from now on; of one that is paused those that it would have.</summary>
    public async Task<IReadOnlyList<PlannedRun>> NextAsync(Schedule schedule, int count, CancellationToken cancel) =>
        Next(schedule.Request, schedule.Timing, schedule.TimeZone, await store.NowAsync(cancel), count);

    /// <summary>The period of a run that is wanted now; null where the request has no relative range.</summary>
    public async Task<(DateOnly From, DateOnly To)?> NowAsync(Schedule schedule, CancellationToken cancel) =>
        PeriodOf(schedule.Request, schedule.TimeZone, await store.NowAsync(cancel));

    /// <summary>Empty when the zone or the timing is none; the times have the offset of the zone.</summary>
    public static IReadOnlyList<PlannedRun> Next(ExportRequest request, Timing timing, string zone, DateTimeOffset after, int count) =>
        CriteriaCheck.FindZone(zone) is { } found && TimingCheck.Read(timing) is { } fields
            ? [.. new Timetable(fields, found).After(after).Take(count).Select(at => Planned(request, found, at, timing))]
            : [];

    /// <summary>Those of a schedule in (after, before), as it is now.</summary>
    public static IReadOnlyList<PlannedRun> Between(Schedule schedule, DateTimeOffset after, DateTimeOffset before, int most) =>
        CriteriaCheck.FindZone(schedule.TimeZone) is { } zone && TimingCheck.Read(schedule.Timing) is { } fields
            ? [.. new Timetable(fields, zone).After(after).TakeWhile(at => at < before).Take(most).Select(at => Planned(schedule.Request, zone, at, schedule.Timing))]
            : [];

    /// <summary>The days that a relative range means at an instant in a zone; null without one.</summary>
    public static (DateOnly From, DateOnly To)? PeriodOf(ExportRequest request, string zone, DateTimeOffset at) =>
        CriteriaCheck.FindZone(zone) is { } found ? PeriodOf(request, found, at) : null;

    /// <summary>The instant as a clock in the zone shows it; in UTC when there is no such zone.</summary>
    public static DateTimeOffset Local(DateTimeOffset at, string zone) => TimeZoneInfo.ConvertTime(at, CriteriaCheck.FindZone(zone) ?? TimeZoneInfo.Utc);

    private static (DateOnly From, DateOnly To)? PeriodOf(ExportRequest request, TimeZoneInfo zone, DateTimeOffset at) =>
        request.DateRange?.Relative is { } relative ? RelativeRange.Resolve(relative, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime)) : null;

    private static PlannedRun Planned(ExportRequest request, TimeZoneInfo zone, DateTimeOffset at, Timing timing)
    {
        var period = PeriodOf(request, zone, at);
        return new PlannedRun(at, period?.From, period?.To, ClockNote(zone, at, timing));
    }

    private static string? ClockNote(TimeZoneInfo zone, DateTimeOffset at, Timing timing)
    {
        if (ClockChange.On(zone, at.DateTime) is not { } change)
        {
            return null;
        }

        var (shown, becomes) = (Clock(change.At + change.Before), Clock(change.At + change.After));
        var words = change.After > change.Before
            ? Text.Of("The clocks are put forward that day, from {0} to {1}.", shown, becomes)
            : Text.Of("The clocks are put back that day, from {0} to {1}.", shown, becomes);
        return change.After > change.Before && at.UtcDateTime == change.At && timing.At is { } time && time != becomes
            ? words + " " + Text.Of("There is no {0}, so it runs at {1}.", time, becomes)
            : change.After < change.Before && IsShownTwice(zone, at, change) ? words + " " + Twice(timing, at)
            : words;
    }

    private static string Twice(Timing timing, DateTimeOffset at) => TimingCheck.Read(timing) is { IsInterval: true }
        ? Text.Of("The clock shows {0} twice, and it runs both times.", Clock(at.DateTime))
        : Text.Of("The clock shows {0} twice, and it runs the first time.", Clock(at.DateTime));

    private static bool IsShownTwice(TimeZoneInfo zone, DateTimeOffset at, ClockChange change) =>
        at.DateTime >= change.At + change.After && at.DateTime < change.At + change.Before && zone.GetUtcOffset(at) == at.Offset;

    private static string Clock(DateTime wall) => wall.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
