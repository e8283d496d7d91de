using System.Globalization;

namespace ExportHub.Datasets;

/// <summary>A day or a point in time as a request gives it, read for one kind of column.</summary>
/// <param name="Text">Canonical; for a day against a point-in-time column, when the day begins.</param>
/// <param name="Order">Ticks that order moments of the same column.</param>
/// <param name="DayEnd">When the next day begins, where a day stands against a point-in-time column; else null.</param>
internal readonly record struct Moment(string Text, long Order, string? DayEnd = null)
{
    public const string Day = "yyyy-MM-dd";

    private static readonly string[] Walls =
    [
        "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFF",
        "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFF",
    ];

    private static readonly string[] Points = [.. Walls.Select(w => w + "zzz"), .. Walls.Select(w => w + "'Z'")];

    /// <summary>A day; of a point-in-time column all of it, in the zone.</summary>
    public static Moment Of(DateOnly day, ValueKind kind, TimeZoneInfo zone)
    {
        var start = day.ToDateTime(TimeOnly.MinValue);
        var text = day.ToString(Day, CultureInfo.InvariantCulture);
        switch (kind)
        {
            case ValueKind.TimestampTz:
                var local = LocalTime.StartOf(zone, day);
                return new(local.Text, local.UtcTicks, LocalTime.EndOfDay(zone, day));
            case ValueKind.Timestamp:
                var end = day < DateOnly.MaxValue ? LocalTime.Print(start.AddDays(1)) : LocalTime.EndOfTime;
                return new(LocalTime.Print(start), start.Ticks, end);
            default:
                return new(text, start.Ticks);
        }
    }

    /// <summary>Null and what is allowed when the text is no moment for this kind of column.</summary>
    public static Moment? Parse(string text, ValueKind kind, TimeZoneInfo zone, out string allowed)
    {
        const DateTimeStyles exact = DateTimeStyles.None;
        var culture = CultureInfo.InvariantCulture;
        allowed = kind switch
        {
            ValueKind.Date => Language.Text.Of("Give a date such as 2026-01-31."),
            ValueKind.Timestamp =>
                Language.Text.Of("Give a date such as 2026-01-31 or a time without offset such as 2026-01-31T14:30:00; this column has no time zone."),
            _ => Language.Text.Of("Give a date such as 2026-01-31 or a time such as 2026-01-31T14:30:00 or 2026-01-31T14:30:00+01:00."),
        };
        if (DateOnly.TryParseExact(text, Day, culture, exact, out var day))
        {
            return Of(day, kind, zone);
        }

        if (kind != ValueKind.Date && DateTime.TryParseExact(text, Walls, culture, exact, out var wall))
        {
            return kind == ValueKind.Timestamp ? new(LocalTime.Print(wall), wall.Ticks) : At(LocalTime.In(zone, wall));
        }

        return kind == ValueKind.TimestampTz
            && DateTimeOffset.TryParseExact(text, Points, culture, DateTimeStyles.AssumeUniversal, out var point)
            ? At(LocalTime.In(zone, point))
            : null;
    }

    private static Moment At(LocalTime local) => new(local.Text, local.UtcTicks);
}
