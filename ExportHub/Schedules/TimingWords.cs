using ExportHub.Language;

namespace ExportHub.Schedules;

/// <summary>When a schedule is due, in words.</summary>
internal static class TimingWords
{
    /// <summary>Such as "Every Monday and Thursday at 06:30, Europe/Berlin time", in the language of the reader. The timing must be settled.</summary>
    public static string Of(Timing timing, string zone) => timing.Kind switch
    {
        TimingKind.Daily => Text.Of("Every day at {0}, {1} time", timing.At, zone),
        TimingKind.Weekly => Text.Of("Every {0} at {1}, {2} time", Days(timing.Weekdays ?? []), timing.At, zone),
        TimingKind.Monthly when timing.Day > 28 => Text.Of("On day {0} of every month, or its last day where it is shorter, at {1}, {2} time", timing.Day, timing.At, zone),
        TimingKind.Monthly => Text.Of("On day {0} of every month at {1}, {2} time", timing.Day, timing.At, zone),
        TimingKind.LastDay => Text.Of("On the last day of every month at {0}, {1} time", timing.At, zone),
        TimingKind.Hourly when timing.Hours == 1 => Text.Of("Every hour from {0} on each day, {1} time", timing.At, zone),
        TimingKind.Hourly => Text.Of("Every {0} hours from {1} on each day, {2} time", timing.Hours, timing.At, zone),
        _ => Text.Of("By the cron expression {0}, {1} time", timing.Cron, zone),
    };

    private static string Days(IReadOnlyList<string> names)
    {
        var days = names.Select(name => Enum.Parse<DayOfWeek>(name, ignoreCase: true)).Distinct().OrderBy(day => ((int)day + 6) % 7).Select(Text.Culture.DateTimeFormat.GetDayName).ToList();
        return days.Count == 1 ? days[0] : Text.Of("{0} and {1}", string.Join(", ", days[..^1]), days[^1]);
    }
}
