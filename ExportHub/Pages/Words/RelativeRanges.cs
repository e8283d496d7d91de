namespace ExportHub.Pages.Words;

/// <summary>The relative date ranges that a request may name, with what people call them.</summary>
internal static class RelativeRanges
{
    public static readonly IReadOnlyList<(string Name, string Title)> All =
    [
        ("today", "Today"),
        ("yesterday", "Yesterday"),
        ("last_7_days", "Last 7 days"),
        ("last_30_days", "Last 30 days"),
        ("this_month", "This month"),
        ("previous_month", "Previous month"),
        ("this_quarter", "This quarter"),
        ("previous_quarter", "Previous quarter"),
        ("this_year", "This year"),
        ("previous_year", "Previous year"),
    ];
}
