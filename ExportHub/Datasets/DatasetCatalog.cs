namespace ExportHub.Datasets;

/// <summary>What may be exported: the definitions in the datasets folder with columns and types from their databases.</summary>
internal sealed class DatasetCatalog
{
    /// <summary>All datasets by title, broken ones included.</summary>
    public Task<IReadOnlyList<Dataset>> ListAsync(CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>Null when no definition has that name; may be broken.</summary>
    public Task<Dataset?> FindAsync(string name, CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>Describes a definition as it stands, such as the copy an export keeps. Reads the database each time.</summary>
    public Task<Dataset> DescribeAsync(DatasetDefinition definition, CancellationToken cancel) => throw new NotSupportedException();
}
