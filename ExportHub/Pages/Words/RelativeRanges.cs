using ExportHub.Datasets;
using ExportHub.Language;

namespace ExportHub.Pages.Words;

/// <summary>The relative date ranges that a request may name, with what people call them and the days they are.</summary>
internal static class RelativeRanges
{
    /// <summary>`last_7_days` is "Last 7 days: 1 Nov – 7 Nov 2026".</summary>
    public static string Option(string name, DateOnly today) =>
        RelativeRange.Resolve(name, today) is var (from, to) ? $"{Title(name)}: {Days(from, to.AddDays(-1))}" : Title(name);

    /// <summary>The first and the last of the days.</summary>
    public static string Days(DateOnly first, DateOnly last) =>
        first == last ? Day(last, withYear: true) : $"{Day(first, withYear: first.Year != last.Year)} – {Day(last, withYear: true)}";

    private static string Day(DateOnly day, bool withYear) => day.ToString(withYear ? Text.Of("d MMM yyyy") : Text.Of("d MMM"), Text.Culture);

    private static string Title(string name) => name switch
    {
        "today" => Text.Of("Today"),
        "yesterday" => Text.Of("Yesterday"),
        "last_7_days" => Text.Of("Last 7 days"),
        "last_30_days" => Text.Of("Last 30 days"),
        "this_month" => Text.Of("This month"),
        "previous_month" => Text.Of("Previous month"),
        "this_quarter" => Text.Of("This quarter"),
        "previous_quarter" => Text.Of("Previous quarter"),
        "this_year" => Text.Of("This year"),
        "previous_year" => Text.Of("Previous year"),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "This range has no title."),
    };
}
