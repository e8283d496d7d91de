using ExportHub.Access;
using ExportHub.Language;

namespace ExportHub.Datasets;

/// <summary>Which rows of a dataset one person may see. It is kept with a file that was made under it.</summary>
/// <param name="Filter">The text of the row filter; null for all rows.</param>
/// <param name="Values">For each claim in it what was known of the person.</param>
internal sealed record RowScope(string? Filter, IReadOnlyDictionary<string, IReadOnlyList<string>> Values)
{
    public static RowScope AllRows { get; } = new(null, new Dictionary<string, IReadOnlyList<string>>());

    /// <summary>The scope of a person, or a sentence for that person when the filter asks what is not known of them, or of one value where there are several.</summary>
    public static (RowScope? Scope, string? Obstacle) Of(RowFilter filter, string text, Person person)
    {
        var values = filter.Claims.ToDictionary(claim => claim, claim => ValuesOf(claim, person));
        if (values.FirstOrDefault(pair => pair is { Key: not RowFilter.RolesClaim, Value.Count: 0 }).Key is { } missing)
        {
            return (null, Text.Of("Your account has no value for {0}, which this dataset needs; an administrator can add it under People.", missing));
        }

        return values.FirstOrDefault(pair => pair.Value.Count > 1 && filter.Lists?.Contains(pair.Key) == false).Key is { } several
            ? (null, Text.Of("Your account has several values for {0}, of which this dataset takes one; an administrator can change it under People.", several))
            : (new RowScope(text, values), null);
    }

    /// <summary>Whether all that may be seen under the other may be seen under this one.</summary>
    public bool Covers(RowScope other) =>
        Filter is null
        || (Filter == other.Filter && Values.Count == other.Values.Count
            && Values.All(pair => other.Values.TryGetValue(pair.Key, out var theirs) && pair.Value.ToHashSet().SetEquals(theirs)));

    private static IReadOnlyList<string> ValuesOf(string claim, Person person) => claim switch
    {
        RowFilter.NameClaim => [person.Name],
        RowFilter.RolesClaim => [.. person.Roles],
        _ => person.Attributes.GetValueOrDefault(claim, []),
    };
}
