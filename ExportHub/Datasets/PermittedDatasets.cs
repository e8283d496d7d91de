using ExportHub.Access;

namespace ExportHub.Datasets;

/// <summary>
/// The datasets as one person may see them: what the person may not see is not there, be it a dataset or a column. Rights are asked anew at each call.
/// </summary>
internal sealed class PermittedDatasets(DatasetCatalog catalog, Persons persons)
{
    /// <summary>By title; broken ones among them.</summary>
    public async Task<IReadOnlyList<Dataset>> ListAsync(Viewer viewer, CancellationToken cancel) =>
        await persons.FindAsync(viewer, cancel) is { } person
            ? [.. (await catalog.ListAsync(cancel)).Select(dataset => new DatasetRights(dataset.Definition, person).Narrow(dataset)).OfType<Dataset>()]
            : [];

    /// <summary>Null when there is none that the person may see; may be broken.</summary>
    public async Task<Dataset?> FindAsync(string name, Viewer viewer, CancellationToken cancel)
    {
        // The database is not asked about what the person may not see: that would take longer than where there is nothing.
        var person = await persons.FindAsync(viewer, cancel);
        if (person is null || catalog.DefinitionOf(name) is not { } file || !new DatasetRights(file.Definition, person).MaySee)
        {
            return null;
        }

        return await catalog.FindAsync(name, cancel) is { } dataset ? new DatasetRights(dataset.Definition, person).Narrow(dataset) : null;
    }
}
