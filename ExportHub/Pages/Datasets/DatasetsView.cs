using ExportHub.Datasets;

namespace ExportHub.Pages.Datasets;

/// <summary>The list of definitions.</summary>
public sealed class DatasetsView
{
    internal DatasetsView(
        IReadOnlyList<(DefinitionFile File, Dataset Dataset)> all, IReadOnlyList<(DefinitionFile Stored, DefinitionFile Winner)> unused) => (All, Unused) = (all, unused);

    internal IReadOnlyList<(DefinitionFile File, Dataset Dataset)> All { get; }

    /// <summary>Stored ones whose name a file has.</summary>
    internal IReadOnlyList<(DefinitionFile Stored, DefinitionFile Winner)> Unused { get; }
}
