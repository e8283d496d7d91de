using ExportHub.Datasets;

namespace ExportHub.Pages.Request;

/// <summary>The filters of the form that stand in groups, and how the API numbers them.</summary>
internal static class FormGroups
{
    /// <summary>One for each group that a request can hold: two filters each.</summary>
    public static readonly IReadOnlyList<string> Names =
        [.. Enumerable.Range(0, FilterGroups.MostFilters / 2).Select(i => (i < 26 ? "" : "Z") + (char)('A' + (i % 26)))];

    /// <summary>Single filters first, then the groups; a group that is none of <see cref="Names"/> is none.</summary>
    public static void Order(List<FilterRow> rows)
    {
        foreach (var row in rows)
        {
            row.Group = row.Group is { } group && Names.Contains(group) ? group : null;
        }

        FilterRow[] ordered = [.. rows.OrderBy(row => row.Group ?? "", StringComparer.Ordinal)];
        rows.Clear();
        rows.AddRange(ordered);
    }

    /// <summary>The groups that there are and one more.</summary>
    public static IEnumerable<string> Offered(IReadOnlyList<FilterRow> rows)
    {
        var used = rows.Select(row => row.Group).OfType<string>().ToHashSet();
        return Names.Where(used.Contains).Concat(Names.Where(name => !used.Contains(name)).Take(1));
    }

    /// <summary>The filters with their groups as one, in the order of <see cref="Order"/>.</summary>
    public static IEnumerable<FilterRequest> Gather(IReadOnlyList<FilterRow> rows, Func<FilterRow, FilterRequest> read) =>
        rows.Where(row => row.Group is null).Select(read)
            .Concat(rows.Where(row => row.Group is not null).GroupBy(row => row.Group).Select(group => new FilterRequest { Any = [.. group.Select(read)] }));

    /// <summary>For each row what its faults begin with, such as `filters[1].any[0]`.</summary>
    public static IReadOnlyList<string> Places(IReadOnlyList<FilterRow> rows)
    {
        var single = rows.Count(row => row.Group is null);
        var groups = rows.Where(row => row.Group is not null).GroupBy(row => row.Group);
        return
        [
            .. Enumerable.Range(0, single).Select(i => $"filters[{i}]"),
            .. groups.SelectMany((group, at) => group.Select((_, i) => $"filters[{single + at}].any[{i}]")),
        ];
    }
}
