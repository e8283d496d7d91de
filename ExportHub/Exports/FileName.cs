using System.Globalization;
using ExportHub.Formats;

namespace ExportHub.Exports;

/// <summary>What a download is called: `{dataset}[_{from}_{to}]_{as-of}.{ending}`, days and time in the export's zone.</summary>
internal static class FileName
{
    private const int DayLength = 10;

    public static string Of(Export export, FormatSettings settings, DateTimeOffset asOf)
    {
        var range = export.Criteria.DateRange is { } dates ? $"{Day(dates.From, settings)}{Day(dates.To, settings)}" : "";
        var instant = TimeZoneInfo.ConvertTime(asOf, settings.TimeZone).ToString("yyyy-MM-dd'T'HHmm", CultureInfo.InvariantCulture);
        return $"{export.Dataset.Name}{range}_{instant}.{settings.Extension}";
    }

    /// <summary>A bound is an instant, a local time or a day, in ISO 8601; only an instant has to be moved into the zone.</summary>
    private static string Day(string? bound, FormatSettings settings)
    {
        if (bound is null)
        {
            return "";
        }

        var isInstant = bound.Length > DayLength && (bound.EndsWith('Z') || bound.LastIndexOfAny(['+', '-']) > DayLength);
        return isInstant && DateTimeOffset.TryParse(bound, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? "_" + TimeZoneInfo.ConvertTime(instant, settings.TimeZone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : "_" + bound[..Math.Min(DayLength, bound.Length)];
    }
}
