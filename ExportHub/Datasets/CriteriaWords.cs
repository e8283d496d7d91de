using ExportHub.Language;

namespace ExportHub.Datasets;

/// <summary>Criteria in words for people.</summary>
internal static class CriteriaWords
{
    /// <summary>
    /// One short phrase for each part that was asked for, such as "Status is paid or shipped", the columns first; titles instead of names.
    /// </summary>
    public static IReadOnlyList<string> Describe(DatasetDefinition definition, Criteria criteria)
    {
        var phrases = new List<string> { Columns(definition, criteria.Columns) };
        if (criteria.DateRange is { } range)
        {
            phrases.Add(RangeWords.Describe(definition.TitleOf(range.Column), range, criteria.TimeZone));
        }

        phrases.AddRange(criteria.Filters.Select(Condition));
        phrases.AddRange(criteria.Groups.Select(group => string.Join(Text.Of(", or "), group.Select(Condition))));
        if (criteria.Sort.Count > 0)
        {
            phrases.Add(Text.Of("Sorted by {0}", string.Join(Text.Of(", then "), criteria.Sort.Select(k => Key(definition, k)))));
        }

        if (criteria.Limit is { } limit)
        {
            phrases.Add(limit == 1 ? Text.Of("At most 1 row") : Text.Of("At most {0:N0} rows", limit));
        }

        if (criteria.DateRange is null && criteria.TimeZone != "UTC")
        {
            phrases.Add(Text.Of("Times in {0}", criteria.TimeZone));
        }

        return phrases;

        string Condition(Filter filter) => $"{definition.TitleOf(filter.Column)} {FilterWords.Predicate(filter, criteria.Compared.GetValueOrDefault(filter.Column) == "date")}";
    }

    private static string Columns(DatasetDefinition definition, IReadOnlyList<string> columns)
    {
        var titles = string.Join(", ", columns.Take(12).Select(definition.TitleOf));
        return columns.Count switch
        {
            1 => Text.Of("1 column: {0}", titles),
            > 12 => Text.Of("{0:N0} columns: {1} and {2:N0} more", columns.Count, titles, columns.Count - 12),
            _ => Text.Of("{0:N0} columns: {1}", columns.Count, titles),
        };
    }

    private static string Key(DatasetDefinition definition, SortKey key) =>
        key.Descending ? Text.Of("{0}, highest first", definition.TitleOf(key.Column)) : definition.TitleOf(key.Column);
}
