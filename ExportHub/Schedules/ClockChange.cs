namespace ExportHub.Schedules;

/// <summary>A moment at which the clocks of a zone are put forward or back.</summary>
/// <param name="At">UTC; the first minute with the new offset.</param>
internal readonly record struct ClockChange(DateTime At, TimeSpan Before, TimeSpan After)
{
    /// <summary>The first within [from, to), to the minute, or null. Two that end where they began are not seen; no zone has such within days.</summary>
    public static ClockChange? Within(TimeZoneInfo zone, DateTime from, DateTime to)
    {
        var before = zone.GetUtcOffset(from);
        if (zone.GetUtcOffset(to) == before)
        {
            return null;
        }

        var (low, high) = (0L, (to - from).Ticks / TimeSpan.TicksPerMinute);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = zone.GetUtcOffset(from.AddMinutes(middle)) == before ? (middle, high) : (low, middle);
        }

        var at = from.AddMinutes(high);
        return new ClockChange(at, before, zone.GetUtcOffset(at));
    }

    /// <summary>That of a day as the clock shows it, or null.</summary>
    public static ClockChange? On(TimeZoneInfo zone, DateTime day)
    {
        var midnight = DateTime.SpecifyKind(day.Date, DateTimeKind.Utc);
        return Within(zone, midnight.AddHours(-14), midnight.AddHours(38)) is { } change
            && ((change.At + change.Before).Date == day.Date || (change.At + change.After).Date == day.Date) ? change : null;
    }
}
