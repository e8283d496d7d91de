using ExportHub.Datasets;
using ExportHub.Language;

namespace ExportHub.Pages.Words;

/// <summary>The relative date ranges that a request may name, with what people call them.</summary>
internal static class RelativeRanges
{
    public static IReadOnlyList<(string Name, string Title)> All => [.. RelativeRange.Names.Select(name => (name, Title(name)))];

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
