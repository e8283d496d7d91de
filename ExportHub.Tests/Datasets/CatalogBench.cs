using ExportHub.Access;
using ExportHub.Database;
using ExportHub.Datasets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace ExportHub.Tests.Datasets;

/// <summary>The room as the host builds it, on a folder of its own.</summary>
internal sealed class CatalogBench : IDisposable
{
    private readonly IHost host;

    public CatalogBench(ISourceDatabases sources, params (string Key, string Value)[] settings)
    {
        Directory.CreateDirectory(Path.Combine(Root, "datasets"));
        var builder = Host.CreateEmptyApplicationBuilder(new() { ContentRootPath = Root });
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value));
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddSingleton(sources);
        // Nothing is stored, and nobody looks.
        builder.Services.AddSingleton(_ => new AppDatabase(NpgsqlDataSource.Create("Host=nowhere"))).AddSingleton<AuditedDatabase>().AddSingleton<AuditStore>().AddHttpContextAccessor();
        builder.AddDatasets();
        host = builder.Build();
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("exporthub-datasets-").FullName;

    public StoppedClock Clock { get; } = new();

    public DatasetCatalog Catalog => host.Services.GetRequiredService<DatasetCatalog>();

    public Task StartAsync() => host.StartAsync();

    public void Write(string file, string json)
    {
        var path = Path.Combine(Root, "datasets", file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, json);
    }

    public void Delete(string file) => File.Delete(Path.Combine(Root, "datasets", file));

    public async Task<Dataset?> FindAsync(string name) => await Catalog.FindAsync(name, CancellationToken.None);

    public async Task<string> NamesAsync() =>
        string.Join(' ', (await Catalog.ListAsync(CancellationToken.None)).Select(d => d.Broken is null ? d.Name : $"{d.Name}!"));

    public void Dispose()
    {
        host.Dispose();
        Directory.Delete(Root, recursive: true);
    }
}
