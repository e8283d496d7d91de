using System.Diagnostics;
using ExportHub.Database;
using ExportHub.Database.Embedded;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace ExportHub.Tests;

/// <summary>One PostgreSQL server for the whole test process, run by the product's own code. It ends with the process, however that ends.</summary>
internal static class TestServer
{
    private const string Template = "exporthub_template";
    private const string FolderPrefix = "exporthub-tests-";

    private const string DemoTemplate = "exporthub_demo_template";

    private static readonly Lazy<Task<EmbeddedPostgres>> Server = new(StartAsync);
    private static readonly Lazy<Task> DemoSeeded = new(SeedDemoAsync);

    // Kept so that its pipe stays open.
    private static Process? watch;

    public static async Task<string> CreateDatabaseAsync(string name, bool demo)
    {
        if (demo)
        {
            await DemoSeeded.Value;
        }

        var server = await Server.Value;
        await ExecuteAsync(server, $"CREATE DATABASE {name} TEMPLATE {(demo ? DemoTemplate : Template)}");
        return ConnectionTo(server, name);
    }

    public static async Task DropDatabaseAsync(string name) =>
        await ExecuteAsync(await Server.Value, $"DROP DATABASE {name} WITH (FORCE)");

    public static async Task DropRoleAsync(string role) => await ExecuteAsync(await Server.Value, $"DROP ROLE IF EXISTS {role}");

    /// <summary>A path in the temp folder that the next test run cleans up if this one cannot.</summary>
    public static string NewFolder() => Path.Combine(Path.GetTempPath(), FolderPrefix + Guid.NewGuid().ToString("N")[..12]);

    /// <summary>Another server; started and stopped by the caller.</summary>
    public static EmbeddedPostgres Describe(string folder, bool durable = false) =>
        new(new EmbeddedSettings { Folder = folder, Durable = durable }, TimeProvider.System, NullLogger<EmbeddedPostgres>.Instance);

    private static async Task<EmbeddedPostgres> StartAsync()
    {
        foreach (var left in Directory.EnumerateDirectories(Path.GetTempPath(), FolderPrefix + "*"))
        {
            await RemoveIfDeadAsync(left);
        }

        var server = Describe(NewFolder());
        await server.StartAsync(CancellationToken.None);
        EndWithThisProcess(server.Folders);
        await ExecuteAsync(server, $"CREATE DATABASE {Template}");
        // A database that somebody is connected to is no template, so nothing may stay in a pool.
        await using var pool = NpgsqlDataSource.Create(ConnectionTo(server, Template, pooling: false));
        await new Migrator(SqlScript.EmbeddedIn("Migrations"), NullLogger<Migrator>.Instance).RunAsync(pool, CancellationToken.None);
        return server;
    }

    private static async Task SeedDemoAsync()
    {
        var server = await Server.Value;
        await ExecuteAsync(server, $"CREATE DATABASE {DemoTemplate} TEMPLATE {Template}");
        await using var pool = NpgsqlDataSource.Create(ConnectionTo(server, DemoTemplate, pooling: false));
        await new DemoData(SqlScript.EmbeddedIn("Demo"), TimeProvider.System, NullLogger<DemoData>.Instance).SeedAsync(pool, CancellationToken.None);
    }

    // Nobody holds its lock and it is not just being made: its test run is dead. The server itself may still be up.
    private static async Task RemoveIfDeadAsync(string folder)
    {
        try
        {
            var server = Describe(folder);
            if (TimeProvider.System.GetUtcNow() - Directory.GetCreationTimeUtc(folder) > TimeSpan.FromMinutes(10)
                && await FileLock.TryTakeAsync(server.Folders.AppsLock, TimeSpan.Zero, TimeProvider.System, CancellationToken.None) is { } dead)
            {
                dead.Dispose();
                await server.StopAbandonedAsync(CancellationToken.None);
                server.Folders.Delete();
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // Another test run is cleaning up too, or it is another user's.
        }
    }

    // The pipe closes when this process ends, by whatever: the test platform gives an exit handler too little time.
    private static void EndWithThisProcess(EmbeddedFolders folders)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        const string Script =
            """
            exec >/dev/null 2>&1
            trap '' INT TERM HUP
            cat
            kill -QUIT $(head -n 1 "$0/cluster/postmaster.pid")
            for i in $(seq 200); do [ -e "$0/cluster/postmaster.pid" ] && sleep 0.05; done
            rm -rf "$0" "$1"
            """;
        watch = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Script, folders.Root, folders.Socket])
        {
            RedirectStandardInput = true,
            UseShellExecute = false,
        });
    }

    private static async Task ExecuteAsync(EmbeddedPostgres server, string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionTo(server, "postgres", pooling: false));
        await connection.OpenAsync();
        // Making and dropping a database waits for a checkpoint, which takes long while many tests write.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 180 };
        await command.ExecuteNonQueryAsync();
    }

    private static string ConnectionTo(EmbeddedPostgres server, string database, bool pooling = true) =>
        new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = database, Pooling = pooling, IncludeErrorDetail = true }.ConnectionString;
}
