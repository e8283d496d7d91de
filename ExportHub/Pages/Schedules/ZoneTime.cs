using System.Globalization;
using ExportHub.Datasets;
using ExportHub.Language;

namespace ExportHub.Pages.Schedules;

/// <summary>Instants as the clocks of a zone show them.</summary>
internal static class ZoneTime
{
    /// <summary>In UTC where the zone is not known here any more.</summary>
    public static DateTimeOffset In(DateTimeOffset at, string zone) => TimeZoneInfo.ConvertTime(at, Find(zone));

    public static TimeZoneInfo Find(string zone) => CriteriaCheck.FindZone(zone) ?? TimeZoneInfo.Utc;

    /// <summary>"Mon 23 Nov 2026, 06:30".</summary>
    public static string Of(DateTimeOffset at, string zone) => In(at, zone).ToString(Text.Of("ddd d MMM yyyy, HH:mm"), Text.Culture);

    /// <summary>"UTC+01:00".</summary>
    public static string Offset(DateTimeOffset at, string zone) => "UTC" + In(at, zone).ToString("zzz", CultureInfo.InvariantCulture);

    public static string Clock(DateTimeOffset at, string zone) => In(at, zone).ToString("HH:mm", CultureInfo.InvariantCulture);
}
