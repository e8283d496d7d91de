namespace ExportHub.Datasets;

/// <summary>
/// Date ranges by name. They are whole days in the zone of the request: last_7_days and last_30_days are the full days before today, so
/// today, which is not over, is left out; this_month, this_quarter and this_year run to the end of that period.
/// </summary>
internal static class RelativeRange
{
    public static readonly IReadOnlyList<string> Names =
    [
        "today", "yesterday", "last_7_days", "last_30_days", "this_month", "previous_month", "this_quarter", "previous_quarter",
        "this_year", "previous_year",
    ];

    /// <summary>The first day of the range and the first day after it; null for a name that is not one of <see cref="Names"/>.</summary>
    public static (DateOnly From, DateOnly To)? Resolve(string name, DateOnly today)
    {
        var month = new DateOnly(today.Year, today.Month, 1);
        var quarter = month.AddMonths(-((today.Month - 1) % 3));
        var year = new DateOnly(today.Year, 1, 1);
        return name switch
        {
            "today" => (today, today.AddDays(1)),
            "yesterday" => (today.AddDays(-1), today),
            "last_7_days" => (today.AddDays(-7), today),
            "last_30_days" => (today.AddDays(-30), today),
            "this_month" => (month, month.AddMonths(1)),
            "previous_month" => (month.AddMonths(-1), month),
            "this_quarter" => (quarter, quarter.AddMonths(3)),
            "previous_quarter" => (quarter.AddMonths(-3), quarter),
            "this_year" => (year, year.AddYears(1)),
            "previous_year" => (year.AddYears(-1), year),
            _ => null,
        };
    }
}
