namespace ExportHub.Datasets;

/// <summary>
/// Filters of one column as SQL. NULL is "not this value": ne and notIn keep rows without a value, which a plain comparison
/// would leave out without a word.
/// </summary>
internal sealed class FilterSql(DatasetColumn column, List<object> values)
{
    /// <summary>An index serves so many one by one.</summary>
    private const int FewValues = 100;

    private string Operand => Sql.Column(column.Name, column.FilterAs);

    public string Condition(Filter filter) => filter switch
    {
        // Not IS NULL: of a composite that would also be true when all its fields are.
        { Op: Operators.IsNull } => $"{Sql.Column(column.Name)} IS NOT DISTINCT FROM NULL",
        { Op: Operators.IsNotNull } => $"{Sql.Column(column.Name)} IS DISTINCT FROM NULL",
        { WholeDays: true } => OfDays(filter.Op, filter.Values, filter.DayEnds!),
        _ => OfValues(filter.Op, filter.Values),
    };

    /// <summary>An SQL operator between the column and a value.</summary>
    public string Compare(string sqlOperator, string value) => $"{Operand} {sqlOperator} CAST({Parameter(value)} AS {column.CastAs})";

    private string OfValues(string op, IReadOnlyList<string> given) => op switch
    {
        Operators.Equal => Compare("=", given[0]),
        Operators.NotEqual => Compare("IS DISTINCT FROM", given[0]),
        Operators.Less => Compare("<", given[0]),
        Operators.LessOrEqual => Compare("<=", given[0]),
        Operators.Greater => Compare(">", given[0]),
        Operators.GreaterOrEqual => Compare(">=", given[0]),
        Operators.Between => $"({Compare(">=", given[0])} AND {Compare("<=", given[1])})",
        Operators.In => AnyOf(given),
        Operators.NotIn => $"({AnyOf(given)}) IS NOT TRUE",
        Operators.Contains => Like($"%{Literally(given[0])}%"),
        Operators.StartsWith => Like($"{Literally(given[0])}%"),
        Operators.EndsWith => Like($"%{Literally(given[0])}"),
        _ => throw new NotSupportedException($"No SQL for operator {op}."),
    };

    // A day is the time from its first instant up to the first of the next.
    private string OfDays(string op, IReadOnlyList<string> starts, IReadOnlyList<string> ends) => op switch
    {
        Operators.Equal => Span(starts[0], ends[0]),
        Operators.NotEqual => $"({Span(starts[0], ends[0])}) IS NOT TRUE",
        Operators.Less => Compare("<", starts[0]),
        Operators.LessOrEqual => Compare("<", ends[0]),
        Operators.Greater => Compare(">=", ends[0]),
        Operators.GreaterOrEqual => Compare(">=", starts[0]),
        Operators.Between => Span(starts[0], ends[1]),
        Operators.In => AnyDay(starts, ends),
        Operators.NotIn => $"NOT {AnyDay(starts, ends)}",
        _ => throw new NotSupportedException($"No SQL for operator {op} on days."),
    };

    private string Span(string from, string to) => $"({Compare(">=", from)} AND {Compare("<", to)})";

    // The casts of these read settings such as the time zone, so that PostgreSQL makes no constant of the array: it would cast all of it again for each row.
    private bool IsCastAnew => column.Kind is ValueKind.Date or ValueKind.Time or ValueKind.Timestamp or ValueKind.TimestampTz || column.CastAs == "interval";

    private string AnyOf(IReadOnlyList<string> given) =>
        IsCastAnew && given.Count > FewValues ? $"{Operand} IN (SELECT unnest({Array(given)}))" : $"{Operand} = ANY({Array(given)})";

    private string AnyDay(IReadOnlyList<string> starts, IReadOnlyList<string> ends) =>
        $"EXISTS (SELECT FROM unnest({Array(starts)}, {Array(ends)}) AS d (s, e) WHERE {Operand} >= d.s AND {Operand} < d.e)";

    // The collation is named because ILIKE refuses nondeterministic ones and folds only ASCII under "C".
    private string Like(string pattern) => $"{Operand}::text COLLATE \"default\" ILIKE {Parameter(pattern)}";

    private static string Literally(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal);

    private string Array(IReadOnlyList<string> texts) => $"CAST({Parameter(texts.ToArray())} AS text[])::{column.CastAs}[]";

    private string Parameter(object value)
    {
        values.Add(value);
        return $"${values.Count}";
    }
}
