using System.Globalization;
using ExportHub.Datasets;
using ExportHub.Formats;

namespace ExportHub.Exports;

/// <summary>
/// What a download is called: `{dataset}[_{from}_{to}]_{as-of}.{ending}`, in the export's zone. `from` and `to` are the first and the last day
/// that are in the file, so that the January of a range that ends before February is called January. Holds nothing that
/// a file system forbids, in particular no colon.
/// </summary>
internal static class FileName
{
    private const string Day = "yyyy-MM-dd";

    public static string Of(Export export, FormatSettings settings, DateTimeOffset asOf)
    {
        var range = export.Criteria.DateRange is { } dates ? Range(dates, settings.TimeZone) : "";
        var instant = TimeZoneInfo.ConvertTime(asOf, settings.TimeZone).ToString($"{Day}'T'HHmm", CultureInfo.InvariantCulture);
        return $"{export.Dataset.Name}{range}_{instant}.{settings.Extension}";
    }

    private static string Range(DateRange range, TimeZoneInfo zone) => (range.From, range.To) switch
    {
        ({ } from, { } to) => $"_{DayOf(from, 0, zone)}_{DayOf(to, 1, zone)}",
        ({ } from, null) => $"_from-{DayOf(from, 0, zone)}",
        (null, { } to) => $"_to-{DayOf(to, 1, zone)}",
        _ => "",
    };

    /// <summary>A bound is an instant, a local time or a day, in ISO 8601; only an instant has to be moved into the zone.</summary>
    private static string DayOf(string bound, int ticksBefore, TimeZoneInfo zone)
    {
        var isInstant = bound.Length > Day.Length && (bound.EndsWith('Z') || bound.LastIndexOfAny(['+', '-']) > Day.Length);
        if (isInstant && DateTimeOffset.TryParse(bound, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
        {
            return TimeZoneInfo.ConvertTime(Before(instant), zone).ToString(Day, CultureInfo.InvariantCulture);
        }

        return DateTime.TryParse(bound, CultureInfo.InvariantCulture, out var local) && !isInstant
            ? local.AddTicks(-Math.Min(ticksBefore, local.Ticks)).ToString(Day, CultureInfo.InvariantCulture)
            : bound[..Day.Length];

        DateTimeOffset Before(DateTimeOffset end) => end.AddTicks(-Math.Min(ticksBefore, end.UtcTicks));
    }
}
