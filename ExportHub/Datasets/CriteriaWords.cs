namespace ExportHub.Datasets;

/// <summary>Criteria in words for people.</summary>
internal static class CriteriaWords
{
    /// <summary>One short sentence or phrase for each part that was asked for, such as "Status is paid or shipped"; titles instead of names.</summary>
    public static IReadOnlyList<string> Describe(DatasetDefinition definition, Criteria criteria) => throw new NotSupportedException();
}
