using System.Text.Json;
using ExportHub.Database.Embedded;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace ExportHub.Benchmarks;

/// <summary>What all cases share: a temporary folder with a PostgreSQL server of its own, filled tables and their dataset definitions.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly string folder;
    private readonly EmbeddedPostgres server;

    private Stage(Arguments options, CancellationToken stopping)
    {
        (Options, Stopping) = (options, stopping);
        folder = Path.Combine(options.Folder, "exporthub-benchmarks-" + Guid.NewGuid().ToString("N")[..12]);
        server = new(new EmbeddedSettings { Folder = Path.Combine(folder, "postgres") }, TimeProvider.System, NullLogger<EmbeddedPostgres>.Instance);
        Pool = NpgsqlDataSource.Create(server.ConnectionString);
        Tables = new OrderTables(options.Rows);
    }

    public Arguments Options { get; }

    public CancellationToken Stopping { get; }

    public OrderTables Tables { get; }

    public NpgsqlDataSource Pool { get; }

    public string Socket => server.Folders.Socket;

    /// <summary>Where every contestant writes.</summary>
    public string Files => Path.Combine(folder, "files");

    private string Datasets => Path.Combine(folder, "datasets");

    public static async Task<Stage> SetUpAsync(Arguments options, CancellationToken stopping)
    {
        var stage = new Stage(options, stopping);
        try
        {
            await stage.PrepareAsync();
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    /// <summary>A fresh process of the application.</summary>
    public Task<App> StartAppAsync(params IReadOnlyList<(string Setting, string Value)> settings) => App.StartAsync(
        Options.App,
        [("ConnectionStrings:ExportHub", server.ConnectionString), ("Files:Folder", Files), ("Datasets:Folder", Datasets), .. settings],
        Files,
        Stopping);

    public string NewFile(string extension) => Path.Combine(Files, $"{Guid.NewGuid():N}.{extension}");

    public async ValueTask DisposeAsync()
    {
        await Pool.DisposeAsync();
        await server.DisposeAsync();
        server.Folders.Delete();
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task PrepareAsync()
    {
        await server.StartAsync(Stopping);
        Directory.CreateDirectory(Files);
        Directory.CreateDirectory(Datasets);
        foreach (var statement in Tables.Statements)
        {
            await using var command = Pool.CreateCommand(statement);
            command.CommandTimeout = 0;
            await command.ExecuteNonQueryAsync(Stopping);
        }

        foreach (var table in Tables.All)
        {
            var definition = JsonSerializer.Serialize(new { from = table.Relation });
            await File.WriteAllTextAsync(Path.Combine(Datasets, $"{table.Name}.json"), definition, Stopping);
        }
    }
}
