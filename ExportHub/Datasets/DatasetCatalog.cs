using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace ExportHub.Datasets;

/// <summary>
/// What can be exported, whoever asks: the definitions with columns and types from their databases. A description is
/// believed for <see cref="DatasetsOptions.DescriptionLifetime"/>; callers that come at once share one reading of it. That a database
/// did not answer is forgotten at once, so that the next call asks again. Thread-safe.
/// </summary>
internal sealed class DatasetCatalog(
    Definitions definitions, DatasetDescription description, IOptions<DatasetsOptions> options, TimeProvider clock) : IDisposable
{
    // Listing a hundred datasets must not take a hundred connections from the exports.
    private const int Readings = 4;

    private readonly SemaphoreSlim turns = new(Readings);
    private readonly ConcurrentDictionary<DefinitionFile, Known> known = new(ReferenceEqualityComparer.Instance);

    private sealed class Known(DateTimeOffset until, Func<Task<Dataset>> read)
    {
        private readonly Lazy<Task<Dataset>> reading = new(read);

        public DateTimeOffset Until => until;

        public Task<Dataset> Dataset => reading.Value;
    }

    /// <summary>All datasets by title, broken ones included.</summary>
    public async Task<IReadOnlyList<Dataset>> ListAsync(CancellationToken cancel) => [.. (await ListWithFilesAsync(cancel)).Select(pair => pair.Dataset)];

    /// <summary>The same, each with where it is from.</summary>
    public async Task<IReadOnlyList<(DefinitionFile File, Dataset Dataset)>> ListWithFilesAsync(CancellationToken cancel)
    {
        var files = definitions.Read();
        Forget(files);
        var datasets = await Task.WhenAll(files.Select(file => OfAsync(file, cancel)));
        return
        [
            .. files.Zip(datasets)
                .OrderBy(pair => pair.Second.Title, StringComparer.OrdinalIgnoreCase).ThenBy(pair => pair.Second.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>Null when no definition has that name; may be broken.</summary>
    public async Task<Dataset?> FindAsync(string name, CancellationToken cancel) =>
        DefinitionOf(name) is { } file ? await OfAsync(file, cancel) : null;

    /// <summary>The definition of that name as its file says it now, wrong ones too; no database is asked. Null when there is none.</summary>
    public DefinitionFile? DefinitionOf(string name) => definitions.Find(name);

    /// <summary>
    /// Describes a definition as it stands, such as the copy an export keeps. Reads the database each time; when it tells something else than what
    /// is believed of the dataset of that name, that is forgotten, so that the next request is checked against what there is.
    /// </summary>
    public async Task<Dataset> DescribeAsync(DatasetDefinition definition, CancellationToken cancel)
    {
        var fresh = await description.ReadAsync(definition, cancel);
        foreach (var (file, old) in known.Where(k => k.Key.Definition.Name == definition.Name))
        {
            if (old.Dataset.IsCompletedSuccessfully && !Columns(old.Dataset.Result).SequenceEqual(Columns(fresh)))
            {
                known.TryRemove(file, out _);
            }
        }

        return fresh;

        static IEnumerable<(string Name, string Type)> Columns(Dataset dataset) => dataset.Columns.Select(c => (c.Name, c.DatabaseType));
    }

    public void Dispose() => turns.Dispose();

    private Task<Dataset> OfAsync(DefinitionFile file, CancellationToken cancel)
    {
        if (file.Fault is { } fault)
        {
            return Task.FromResult(new Dataset(file.Definition, [], [], fault));
        }

        var now = clock.GetUtcNow();
        var fresh = known.AddOrUpdate(file, f => Start(f, now), (f, old) => old.Until > now ? old : Start(f, now));
        return fresh.Dataset.WaitAsync(cancel);
    }

    // The reading belongs to all who wait for it, so nobody's cancellation ends it; it has its own timeout.
    private Known Start(DefinitionFile file, DateTimeOffset now) =>
        new(now + options.Value.DescriptionLifetime, () => ReadAsync(file));

    private async Task<Dataset> ReadAsync(DefinitionFile file)
    {
        var keep = false;
        await turns.WaitAsync(CancellationToken.None);
        try
        {
            var dataset = await description.ReadAsync(file.Definition, CancellationToken.None);
            keep = !dataset.Unreachable;
            return dataset.Broken is { } reason ? dataset with { Broken = $"{file.File}: {reason}" } : dataset;
        }
        finally
        {
            turns.Release();
            if (!keep)
            {
                known.TryRemove(file, out _);
            }
        }
    }

    private void Forget(IReadOnlyList<DefinitionFile> files)
    {
        foreach (var gone in known.Keys.Except(files, ReferenceEqualityComparer.Instance).Cast<DefinitionFile>())
        {
            known.TryRemove(gone, out _);
        }
    }
}
