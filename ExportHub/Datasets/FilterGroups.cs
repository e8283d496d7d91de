using ExportHub.Language;

namespace ExportHub.Datasets;

/// <summary>Checks the filters of a request: single conditions, and groups of them of which at least one has to hold.</summary>
internal static class FilterGroups
{
    /// <summary>Those in groups count too.</summary>
    public const int MostFilters = 100;

    /// <summary>A group of one is that one. After a fault something is missing.</summary>
    public static (IReadOnlyList<Filter> Filters, IReadOnlyList<IReadOnlyList<Filter>> Groups) Settle(
        Dataset dataset, IReadOnlyList<FilterRequest> requests, TimeZoneInfo zone, Action<string, string> fault)
    {
        // JSON can put null where the type says there is none.
        if (requests.Sum(request => Math.Max(1, request?.Any?.Count ?? 1)) > MostFilters)
        {
            fault("filters", Text.Of("Give {0} filters at most.", MostFilters));
            return ([], []);
        }

        var filters = new List<Filter>();
        var groups = new List<IReadOnlyList<Filter>>();
        for (var i = 0; i < requests.Count; i++)
        {
            if (requests[i]?.Any is { } members)
            {
                var group = Group(dataset, requests[i], members, $"filters[{i}]", zone, fault);
                if (group.Count == 1)
                {
                    filters.Add(group[0]);
                }
                else
                {
                    groups.Add(group);
                }
            }
            else if (FilterCheck.Settle(dataset, requests[i], $"filters[{i}]", zone, fault) is { } filter)
            {
                filters.Add(filter);
            }
        }

        return (filters, groups);
    }

    private static List<Filter> Group(
        Dataset dataset, FilterRequest request, IReadOnlyList<FilterRequest> members, string field, TimeZoneInfo zone, Action<string, string> fault)
    {
        if (request is not { Column: null, Op: null, Value: null })
        {
            fault(field, Text.Of("Give either a column or any, not both."));
        }

        if (members.Count == 0)
        {
            fault($"{field}.any", Text.Of("Give at least one filter."));
        }

        var group = new List<Filter>();
        for (var i = 0; i < members.Count; i++)
        {
            if (members[i]?.Any is not null)
            {
                fault($"{field}.any[{i}]", Text.Of("A group holds filters and no further groups."));
            }
            else if (FilterCheck.Settle(dataset, members[i], $"{field}.any[{i}]", zone, fault) is { } filter)
            {
                group.Add(filter);
            }
        }

        return group;
    }
}
