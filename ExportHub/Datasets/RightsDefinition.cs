using System.Text.Json.Serialization;

namespace ExportHub.Datasets;

/// <summary>
/// Who may do what with a dataset. Each list names roles; <see cref="Everybody"/> among them means whoever has signed in. What is not given is given to nobody.
/// Administrators need none of it: they may do everything.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RightsDefinition
{
    public const string Everybody = "*";

    /// <summary>Who is shown the dataset and its columns. For all others it is as if it did not exist.</summary>
    public IReadOnlyList<string> See { get; init; } = [];

    /// <summary>Who may export it, and so also see it.</summary>
    public IReadOnlyList<string> Export { get; init; } = [];

    /// <summary>Who of those may turn off the formula guard.</summary>
    public IReadOnlyList<string> Raw { get; init; } = [];

    /// <summary>Whom <see cref="DatasetDefinition.RowFilter"/> does not bind.</summary>
    public IReadOnlyList<string> AllRows { get; init; } = [];

    /// <summary>
    /// The most rows that one export of a role may hold. Of several that a person has, the largest counts; who has none of them has no limit here.
    /// <see cref="DatasetDefinition.RowLimit"/> holds for everybody besides.
    /// </summary>
    public IReadOnlyDictionary<string, long> RowLimits { get; init; } = new Dictionary<string, long>();
}
