using ExportHub.Datasets;

namespace ExportHub.Schedules;

/// <summary>When a schedule, as it is now, was due in days that are over.</summary>
internal static class PastRuns
{
    private static readonly DateOnly Earliest = new(2000, 1, 1);

    /// <summary>In the zone of the schedule, both days among them; null when its zone or timing cannot be read any more.</summary>
    public static IReadOnlyList<DateTimeOffset>? Of(Schedule schedule, DateOnly from, DateOnly to, DateTimeOffset now, int most)
    {
        if (SaveSchedule.TimetableOf(schedule) is not { } timetable || CriteriaCheck.FindZone(schedule.TimeZone) is not { } zone)
        {
            return null;
        }

        // A day begins up to 14 hours before it does in UTC; which day it was is asked of the time itself.
        var begin = new DateTimeOffset((from > Earliest ? from : Earliest).AddDays(-2).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        return
        [
            .. timetable.After(begin)
                .TakeWhile(at => at <= now && DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime) <= to)
                .Where(at => DateOnly.FromDateTime(at.DateTime) >= from)
                .Take(most),
        ];
    }
}
