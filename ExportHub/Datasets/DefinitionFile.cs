namespace ExportHub.Datasets;

/// <summary>A definition and where it is from.</summary>
/// <param name="File">The path within the datasets folder; what stands in its place for one that is stored in the database.</param>
/// <param name="Definition">Only the name, after the file, where the file cannot be read.</param>
/// <param name="Fault">Why it cannot be used; null when nothing is wrong with the file as such.</param>
internal sealed record DefinitionFile(string File, DatasetDefinition Definition, string? Fault = null)
{
    /// <summary>Another after each change; empty where the file cannot be read.</summary>
    public string Stamp { get; init; } = "";

    /// <summary>Whether it is in ExportHub's database and not a file.</summary>
    public bool IsStored { get; init; }

    /// <summary>Whether the file says more than the definition, which a new one in its place would not.</summary>
    public bool HasComments { get; init; }
}
