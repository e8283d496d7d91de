namespace ExportHub.Schedules;

/// <summary>Which minutes of which days: the five fields of cron as bits, which every kind of timing is brought to. Bit n stands for the value n.</summary>
/// <param name="Days">Of the month.</param>
/// <param name="Weekdays">Sunday is 0.</param>
internal sealed record TimeFields(ulong Minutes, ulong Hours, ulong Days, ulong Months, ulong Weekdays)
{
    public const ulong AllDays = 0xFFFF_FFFE;
    public const ulong AllMonths = 0x1FFE;
    public const ulong AllWeekdays = 0x7F;

    /// <summary>The last day of the month too.</summary>
    public bool LastDay { get; init; }

    /// <summary>In a month that lacks one of the days, its last day stands for it.</summary>
    public bool LastForLacking { get; init; }

    /// <summary>A day that either the day of the month or the weekday lets in; otherwise both have to.</summary>
    public bool EitherDay { get; init; }

    /// <summary>Meant as "every so often", so that an hour that the clock shows twice has its runs twice.</summary>
    public bool IsInterval { get; init; }

    /// <summary>Minutes since midnight, in order.</summary>
    public IReadOnlyList<int> Times => field ??= [.. Enumerable.Range(0, 24 * 60).Where(minute => Has(Hours, minute / 60) && Has(Minutes, minute % 60))];

    /// <summary>Between two runs, as if each day were let in.</summary>
    public TimeSpan ShortestPause => TimeSpan.FromMinutes(Times.Zip(Times.Skip(1).Append(Times[0] + (24 * 60)), (one, next) => next - one).Min());

    public bool Has(DateTime day)
    {
        var last = DateTime.DaysInMonth(day.Year, day.Month);
        var isDay = Has(Days, day.Day) || (day.Day == last && (LastDay || (LastForLacking && Days >> last > 1)));
        var isWeekday = Has(Weekdays, (int)day.DayOfWeek);
        return Has(Months, day.Month) && (EitherDay ? isDay || isWeekday : isDay && isWeekday);
    }

    private static bool Has(ulong bits, int value) => (bits >> value & 1) != 0;
}
