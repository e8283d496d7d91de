using System.Text.RegularExpressions;
using ExportHub.Language;

namespace ExportHub.Datasets;

/// <summary>Turns what a client asks into criteria a dataset can answer.</summary>
internal static partial class CriteriaCheck
{
    /// <summary>The most rows any export may hold.</summary>
    public const long MostRows = 1_000_000_000;

    /// <summary>As many as a result of PostgreSQL can have.</summary>
    public const int MostColumns = 1_664;
    public const int MostSortKeys = 32;

    /// <summary>
    /// Checks every part and reports every fault at once with its field (`filters[0].value`, `dateRange.from`, …) and a sentence that names
    /// what is allowed. Null when there was a fault. Relative ranges are resolved at <paramref name="now"/>. What the client sent is
    /// never repeated in a sentence. The dataset must not be broken.
    /// </summary>
    public static Criteria? Settle(Dataset dataset, CriteriaRequest request, DateTimeOffset now, Action<string, string> fault)
    {
        var faults = 0;
        void Count(string field, string sentence)
        {
            faults++;
            fault(field, sentence);
        }

        var zone = Zone(request.TimeZone, Count);
        var columns = Columns(dataset, request.Columns, Count);
        var (filters, groups) = FilterGroups.Settle(dataset, request.Filters ?? [], zone, Count);
        var criteria = new Criteria
        {
            Columns = columns,
            Filters = filters,
            Groups = groups,
            DateRange = request.DateRange is { } range ? DateRangeCheck.Settle(dataset, range, zone, now, Count) : null,
            Sort = Sort(dataset, request.Sort ?? [], Count),
            Limit = Limit(dataset.RowLimit, request.Limit, Count),
            TimeZone = zone.Id,
        };
        return faults == 0 ? criteria with { Compared = Compared(dataset, criteria) } : null;
    }

    private static Dictionary<string, string> Compared(Dataset dataset, Criteria criteria) =>
        criteria.ComparedColumns().ToDictionary(name => name, name => dataset.Has(name).ComparesAs);

    /// <summary>UTC for no name, null for one that is none.</summary>
    public static TimeZoneInfo? FindZone(string? name)
    {
        if (name is null or "UTC")
        {
            return TimeZoneInfo.Utc;
        }

        // The pattern stands before the look-up because TimeZoneInfo reads files named by what it is given.
        return ZoneName().IsMatch(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId ? zone : null;
    }

    private static TimeZoneInfo Zone(string? name, Action<string, string> fault)
    {
        if (FindZone(name) is { } zone)
        {
            return zone;
        }

        fault("timeZone", Text.Of("Give an IANA time zone such as Europe/Berlin or UTC."));
        return TimeZoneInfo.Utc;
    }

    private static IReadOnlyList<string> Columns(Dataset dataset, IReadOnlyList<string>? names, Action<string, string> fault)
    {
        if (names is null)
        {
            return [.. dataset.Columns.Select(c => c.Name)];
        }

        if (names.Count is 0 or > MostColumns)
        {
            fault("columns", Text.Of("Name from 1 to {0:N0} columns, or leave columns out for all of them.", MostColumns));
            return [];
        }

        var seen = new HashSet<string>();
        for (var i = 0; i < names.Count; i++)
        {
            // JSON can put null where the type says there is none.
            if (names[i] is not { } name || dataset.Find(name) is null)
            {
                fault($"columns[{i}]", NoSuchColumn(dataset));
            }
            else if (!seen.Add(name))
            {
                fault($"columns[{i}]", Text.Of("This column is named twice. Name each column once."));
            }
        }

        return names;
    }

    private static List<SortKey> Sort(Dataset dataset, IReadOnlyList<SortRequest> requests, Action<string, string> fault)
    {
        if (requests.Count > MostSortKeys)
        {
            fault("sort", Text.Of("Sort by {0} columns at most.", MostSortKeys));
            return [];
        }

        var seen = new HashSet<string>();
        var keys = new List<SortKey>();
        for (var i = 0; i < requests.Count; i++)
        {
            if (requests[i]?.Column is not { } name || dataset.Find(name) is not { } column)
            {
                fault($"sort[{i}].column", NoSuchColumn(dataset));
            }
            else if (!column.Sortable)
            {
                fault($"sort[{i}].column", Text.Of("Values of type {0} have no order. Sort by another column.", column.DatabaseType));
            }
            else if (!seen.Add(name))
            {
                fault($"sort[{i}].column", Text.Of("This column is named twice. Sort by each column once."));
            }
            else
            {
                keys.Add(new SortKey(name, requests[i].Descending));
            }
        }

        return keys;
    }

    private static long? Limit(long? ceiling, long? asked, Action<string, string> fault)
    {
        var most = ceiling ?? MostRows;
        if (asked < 1 || asked > most)
        {
            fault("limit", Text.Of("Give a number of rows from 1 to {0:N0}.", most));
        }

        return asked ?? ceiling;
    }

    internal static string NoSuchColumn(Dataset dataset) =>
        Text.Of("There is no such column. Use one of: {0}.", ListOf.Names([.. dataset.Columns.Select(c => c.Name)]));

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_+-]{0,30}(/[A-Za-z][A-Za-z0-9_+-]{0,30}){0,2}\z")]
    private static partial Regex ZoneName();
}
