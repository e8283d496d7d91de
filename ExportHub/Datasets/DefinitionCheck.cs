using System.Text.RegularExpressions;

namespace ExportHub.Datasets;

/// <summary>What can be wrong with a definition before a database is asked.</summary>
internal static partial class DefinitionCheck
{
    /// <summary>The first fault as a sentence that names the member; null when there is none.</summary>
    public static string? Fault(DatasetDefinition definition) => definition switch
    {
        _ when !NamePattern().IsMatch(definition.Name) =>
            "`name` must start with a lower-case letter and hold only lower-case letters, digits and underscores, 63 at most.",
        { Title: { } title } when string.IsNullOrWhiteSpace(title) => "`title` must not be blank.",
        _ when string.IsNullOrWhiteSpace(definition.From) == string.IsNullOrWhiteSpace(definition.Query) =>
            "Exactly one of `from` and `query` must be given.",
        { RowLimit: < 1 or > CriteriaCheck.MostRows } => $"`rowLimit` must be from 1 to {CriteriaCheck.MostRows}.",
        { Key: { } key } when key.Any(string.IsNullOrEmpty) || key.Distinct().Count() < key.Count => "`key` must name different columns.",
        _ when definition.Columns.FirstOrDefault(c => c.Value is null).Key is { } column => $"`columns.{column}` must be an object.",
        _ => null,
    };

    [GeneratedRegex(@"\A[a-z][a-z0-9_]{0,62}\z")]
    private static partial Regex NamePattern();
}
