using System.Text.RegularExpressions;
using ExportHub.Access;

namespace ExportHub.Datasets;

/// <summary>What can be wrong with a definition before a database is asked.</summary>
internal static partial class DefinitionCheck
{
    /// <summary>The first fault as a sentence that names the member; null when there is none.</summary>
    public static string? Fault(DatasetDefinition definition) => Faults(definition).FirstOrDefault();

    /// <summary>All of them.</summary>
    public static IEnumerable<string> Faults(DatasetDefinition definition) => FaultsOfAll(definition).OfType<string>();

    private static IEnumerable<string?> FaultsOfAll(DatasetDefinition definition) =>
    [
        NamePattern().IsMatch(definition.Name) ? null : "`name` must start with a lower-case letter and hold only lower-case letters, digits and underscores, 63 at most.",
        definition.Title is { } title && string.IsNullOrWhiteSpace(title) ? "`title` must not be blank." : null,
        string.IsNullOrWhiteSpace(definition.From) == string.IsNullOrWhiteSpace(definition.Query) ? "Exactly one of `from` and `query` must be given." : null,
        definition.RowLimit is < 1 or > CriteriaCheck.MostRows ? $"`rowLimit` must be from 1 to {CriteriaCheck.MostRows}." : null,
        definition.Key is { } key && (key.Any(string.IsNullOrEmpty) || key.Distinct().Count() < key.Count) ? "`key` must name different columns." : null,
        .. definition.Columns.FirstOrDefault(c => c.Value is null).Key is { } column ? [$"`columns.{column}` must be an object."] : FaultsOfRights(definition),
    ];

    private static IEnumerable<string?> FaultsOfRights(DatasetDefinition definition)
    {
        var rights = definition.Rights ?? new();
        (string Member, IEnumerable<string> Roles)[] lists =
        [
            ("rights.see", rights.See), ("rights.export", rights.Export), ("rights.raw", rights.Raw), ("rights.allRows", rights.AllRows),
            ("rights.rowLimits", rights.RowLimits.Keys), .. definition.Columns.Select(c => ($"columns.{c.Key}.roles", c.Value.Roles ?? Enumerable.Empty<string>())),
        ];
        return
        [
            .. lists.Where(list => !list.Roles.All(IsRole)).Select(list =>
                $"`{list.Member}` must name roles, of 1 to 50 lower-case letters, digits, hyphens or underscores each, or `{RightsDefinition.Everybody}` for everybody."),
            rights.RowLimits.Values.Any(limit => limit is < 1 or > CriteriaCheck.MostRows) ? $"`rights.rowLimits` must be from 1 to {CriteriaCheck.MostRows}." : null,
            definition.RowFilter is { } filter && RowFilter.Parse(filter).Fault is { } fault ? $"`rowFilter`: {fault}" : null,
            definition.RowFilter is null && rights.AllRows.Count > 0 ? "`rights.allRows` means nothing without `rowFilter`." : null,
        ];
    }

    // JSON can put null into a list where the type says there is none.
    private static bool IsRole(string? role) => role is not null && (role == RightsDefinition.Everybody || Roles.IsName(role));

    [GeneratedRegex(@"\A[a-z][a-z0-9_]{0,62}\z")]
    private static partial Regex NamePattern();
}
