using ExportHub.Language;

namespace ExportHub.Datasets;

/// <summary>A date range in words for people.</summary>
internal static class RangeWords
{
    /// <summary>Such as "Ordered last 7 days: from 2026-01-01 up to, not including, 2026-01-08 (Europe/Berlin)".</summary>
    public static string Describe(string title, DateRange range, string zone)
    {
        var bounds = (range.From, range.To) switch
        {
            ({ } from, { } to) => Text.Of("from {0} up to, not including, {1}", FilterWords.Shown(from, isDate: true), FilterWords.Shown(to, isDate: true)),
            ({ } from, null) => Text.Of("from {0} on", FilterWords.Shown(from, isDate: true)),
            (null, { } to) => Text.Of("before {0}", FilterWords.Shown(to, isDate: true)),
            _ => Text.Of("at any time"),
        };
        var asked = range.Relative is { } relative ? $" {Name(relative)}:" : "";
        return $"{title}{asked} {bounds} ({zone})";
    }

    private static string Name(string relative) => relative switch
    {
        "today" => Text.Of("today"),
        "yesterday" => Text.Of("yesterday"),
        "last_7_days" => Text.Of("last 7 days"),
        "last_30_days" => Text.Of("last 30 days"),
        "this_month" => Text.Of("this month"),
        "previous_month" => Text.Of("previous month"),
        "this_quarter" => Text.Of("this quarter"),
        "previous_quarter" => Text.Of("previous quarter"),
        "this_year" => Text.Of("this year"),
        "previous_year" => Text.Of("previous year"),
        _ => relative.Replace('_', ' '),
    };
}
