using System.Globalization;

namespace ExportHub.Datasets;

/// <summary>
/// A wall-clock time and its distance from UTC. Kept apart from <see cref="DateTimeOffset"/>, which cannot hold the first hours
/// of year 1 nor the last of 9999, and people do write 9999-12-31 for "never".
/// </summary>
internal readonly record struct LocalTime(DateTime Wall, TimeSpan Offset)
{
    private const string Pattern = "yyyy-MM-dd'T'HH:mm:ss.FFFFFF";

    /// <summary>Orders instants.</summary>
    public long UtcTicks => Wall.Ticks - Offset.Ticks;

    /// <summary>ISO 8601 with offset, as PostgreSQL reads it.</summary>
    public string Text => Print(Wall) + Print(Offset);

    public static string Print(DateTime wall) => wall.ToString(Pattern, CultureInfo.InvariantCulture);

    /// <summary>
    /// The instant that PostgreSQL takes a local time for (DetermineTimeZoneOffset in src/backend/utils/adt/datetime.c), so that everybody who looks
    /// with SQL finds the same rows: a time that a spring change leaves out is moved forward by what the change leaves out; of a time
    /// that an autumn change repeats, the second is meant.
    /// </summary>
    public static LocalTime In(TimeZoneInfo zone, DateTime wall)
    {
        var before = OffsetAt(zone, wall.Ticks - TimeSpan.TicksPerDay);
        var after = OffsetAt(zone, wall.Ticks + TimeSpan.TicksPerDay);
        if (OffsetAt(zone, wall.Ticks - after.Ticks) == after)
        {
            return new(wall, after);
        }

        return OffsetAt(zone, wall.Ticks - before.Ticks) == before ? new(wall, before) : new(wall + (after - before), after);
    }

    /// <summary>The first instant at which a clock in the zone shows the day. Where midnight comes twice, as in Havana in autumn, it is the first.</summary>
    public static LocalTime StartOf(TimeZoneInfo zone, DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        var before = OffsetAt(zone, midnight.Ticks - TimeSpan.TicksPerDay);
        return OffsetAt(zone, midnight.Ticks - before.Ticks) == before ? new(midnight, before) : In(zone, midnight);
    }

    /// <summary>What a clock in the zone shows at an instant.</summary>
    public static LocalTime In(TimeZoneInfo zone, DateTimeOffset point)
    {
        var offset = OffsetAt(zone, point.UtcTicks);
        var wall = point.UtcTicks + offset.Ticks;
        return wall >= DateTime.MinValue.Ticks && wall <= DateTime.MaxValue.Ticks
            ? new(new DateTime(wall), offset)
            : new(point.DateTime, point.Offset);
    }

    /// <summary>The first instant of the day after; as text, because the day after 9999-12-31 is no <see cref="DateTime"/>.</summary>
    public static string EndOfDay(TimeZoneInfo zone, DateOnly day) =>
        day < DateOnly.MaxValue
            ? StartOf(zone, day.AddDays(1)).Text
            : EndOfTime + Print(OffsetAt(zone, DateTime.MaxValue.Ticks));

    /// <summary>The first moment after the last <see cref="DateTime"/>, which PostgreSQL knows well.</summary>
    public const string EndOfTime = "10000-01-01T00:00:00";

    private static TimeSpan OffsetAt(TimeZoneInfo zone, long utcTicks) =>
        zone.GetUtcOffset(new DateTime(Math.Clamp(utcTicks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks), DateTimeKind.Utc));

    private static string Print(TimeSpan offset) =>
        (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString(@"hh\:mm", CultureInfo.InvariantCulture);
}
