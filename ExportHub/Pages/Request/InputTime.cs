using System.Globalization;
using ExportHub.Datasets;

namespace ExportHub.Pages.Request;

/// <summary>Canonical filter values as the date and time inputs of a browser hold them.</summary>
internal static class InputTime
{
    private const int DayLength = 10;

    /// <summary>The value in the time zone of the request; null when it is no point in time, such as `infinity`.</summary>
    public static DateTime? Of(string? value, ValueKind? kind, string zone)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal;
        return kind switch
        {
            ValueKind.TimestampTz when DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, Utc, out var instant) =>
                TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? TimeZoneInfo.ConvertTime(instant, found).DateTime : instant.UtcDateTime,
            ValueKind.Date or ValueKind.Timestamp when DateTime.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) => at,
            _ => null,
        };
    }

    /// <summary>What was typed or sent, with or without an offset, in the time zone of the request; null when it is no point in time.</summary>
    public static DateTime? OfTyped(string? value, ValueKind? kind, string zone) =>
        // Without an offset it is a time in that zone already.
        value is { Length: > DayLength } && (value.EndsWith('Z') || value.LastIndexOfAny(['+', '-']) > DayLength)
            ? Of(value, kind, zone)
            : Of(value, ValueKind.Timestamp, zone);

    public static string Date(DateTime at) => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Clock(DateTime at) => at.ToString(at.Ticks % TimeSpan.TicksPerMinute == 0 ? "HH:mm" : "HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture);
}
