using System.Globalization;
using ExportHub.Language;

namespace ExportHub.Schedules;

/// <summary>Brings every kind of timing to the fields of cron, and says what is wrong with it.</summary>
internal static class TimingCheck
{
    private static readonly string[] DayNames = Enum.GetNames<DayOfWeek>();
    private static readonly int[] HoursOfDay = [1, 2, 3, 4, 6, 8, 12];

    /// <summary>As it is kept, with only what its kind speaks of, and its fields; null after a fault.</summary>
    /// <param name="leastPause">Between two runs.</param>
    public static (Timing Timing, TimeFields Fields)? Settle(Timing? timing, TimeSpan leastPause, Action<string, string> fault)
    {
        if (timing is null || !Enum.IsDefined(timing.Kind))
        {
            fault("timing", Text.Of("Say when it is to run."));
            return null;
        }

        var kept = Only(timing);
        if (Fields(kept, fault) is not { } fields)
        {
            return null;
        }

        var field = kept.Kind == TimingKind.Cron ? "timing.cron" : "timing.hours";
        if (fields.ShortestPause < leastPause)
        {
            fault(field, Text.Of("That is too often. Between two runs there have to be {0:0.##} minutes at least.", leastPause.TotalMinutes));
            return null;
        }

        if (new Timetable(fields, TimeZoneInfo.Utc).Next(DateTimeOffset.UnixEpoch) is null)
        {
            fault(field, Text.Of("There is no such day, so it would never run."));
            return null;
        }

        return (kept, fields);
    }

    /// <summary>Of one that was settled before; null when it cannot be read any more.</summary>
    public static TimeFields? Read(Timing timing) => Fields(timing, (_, _) => { });

    private static Timing Only(Timing timing) => new()
    {
        Kind = timing.Kind,
        At = timing.Kind == TimingKind.Cron ? null : timing.At?.Trim(),
        Weekdays = timing.Kind == TimingKind.Weekly ? timing.Weekdays : null,
        Day = timing.Kind == TimingKind.Monthly ? timing.Day : null,
        Hours = timing.Kind == TimingKind.Hourly ? timing.Hours : null,
        Cron = timing.Kind == TimingKind.Cron ? timing.Cron?.Trim() : null,
    };

    private static TimeFields? Fields(Timing timing, Action<string, string> fault)
    {
        if (timing.Kind == TimingKind.Cron)
        {
            return CronText.Read(timing.Cron, sentence => fault("timing.cron", sentence));
        }

        if (!TimeOnly.TryParseExact(timing.At, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at))
        {
            fault("timing.at", Text.Of("Give a time of day such as 06:30."));
            return null;
        }

        var daily = new TimeFields(1ul << at.Minute, 1ul << at.Hour, TimeFields.AllDays, TimeFields.AllMonths, TimeFields.AllWeekdays);
        return timing.Kind switch
        {
            TimingKind.Weekly => Weekly(daily, timing.Weekdays, fault),
            TimingKind.Monthly => Monthly(daily, timing.Day, fault),
            TimingKind.LastDay => daily with { Days = 0, LastDay = true },
            TimingKind.Hourly => Hourly(daily, at.Hour, timing.Hours, fault),
            _ => daily,
        };
    }

    private static TimeFields? Weekly(TimeFields daily, IReadOnlyList<string>? names, Action<string, string> fault)
    {
        var days = (names ?? []).Select(name => Array.FindIndex(DayNames, day => day.Equals(name, StringComparison.OrdinalIgnoreCase))).ToArray();
        if (days.Length is 0 or > 7 || days.Contains(-1))
        {
            fault("timing.weekdays", Text.Of("Choose at least one day of the week, from monday to sunday."));
            return null;
        }

        return daily with { Weekdays = days.Aggregate(0ul, (bits, day) => bits | 1ul << day) };
    }

    private static TimeFields? Monthly(TimeFields daily, int? day, Action<string, string> fault)
    {
        if (day is not (>= 1 and <= 31 and var given))
        {
            fault("timing.day", Text.Of("Give a day of the month from 1 to 31. In a month that is shorter, its last day stands for it."));
            return null;
        }

        return daily with { Days = 1ul << given, LastForLacking = true };
    }

    private static TimeFields? Hourly(TimeFields daily, int first, int? hours, Action<string, string> fault)
    {
        if (hours is not { } step || !HoursOfDay.Contains(step))
        {
            fault("timing.hours", Text.Of("Give a number of hours: 1, 2, 3, 4, 6, 8 or 12."));
            return null;
        }

        var all = 0ul;
        for (var hour = first; hour < 24; hour += step)
        {
            all |= 1ul << hour;
        }

        return daily with { Hours = all, IsInterval = true };
    }
}
