using System.Text.Json;
using ExportHub.Database.Embedded;
using ExportHub.Tests.Datasets;
using Npgsql;

namespace ExportHub.Tests.Exports;

/// <summary>Whatever ends the reading too early, there is no file, no part of one, and a status that says why.</summary>
public sealed class NeverShortTests : IAsyncLifetime
{
    private const int Gate = 815;

    private readonly TestApp app = new();

    public Task InitializeAsync() => app.InitializeAsync();

    public Task DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData("csv", "1 / (5000 - n)", "22012")]
    [InlineData("xlsx", "1 / (5000 - n)", "22012")]
    [InlineData("json", "CASE n WHEN 5000 THEN 'x' ELSE n::text END::int", "22P02")]
    [InlineData("jsonl", "(n + 2147483647 - 5000 + 1)::int", "22003")]
    public async Task A_row_that_cannot_be_computed_fails_the_export(string format, string value, string state)
    {
        await app.Database.ExecuteAsync($"CREATE VIEW broken AS SELECT n, {value} AS v FROM (SELECT generate_series(1, 20000)::bigint AS n) AS s");
        await app.WriteDatasetAsync("broken", """{ "from": "public.broken", "key": ["n"] }""");

        await AssertFailedAsync(await app.PostAsync(new { dataset = "broken", format }), "query_failed", state);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    [InlineData("jsonl")]
    public async Task A_query_that_is_ended_for_its_length_fails_the_export(string format)
    {
        app.With("Datasets:StatementTimeout", "00:00:02");
        var id = await StopInTheMiddleAsync(format);

        await AssertFailedAsync(id, "too_slow", "longer than is allowed");
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    [InlineData("json")]
    public async Task A_connection_that_dies_each_time_fails_the_export_in_the_end(string format)
    {
        app.With("Exports:MaxAttempts", "1");
        var id = await StopInTheMiddleAsync(format);

        await app.Database.ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'exporthub:{id}:1'");

        await AssertFailedAsync(id, "source_unavailable", "broke the connection");
    }

    [LinuxFact]
    public async Task A_server_that_is_stopped_at_once_fails_the_export_when_no_attempt_is_left()
    {
        var server = TestServer.Describe(TestServer.NewFolder());
        await server.StartAsync(CancellationToken.None);
        try
        {
            app.With("ConnectionStrings:Shop", server.ConnectionString).With("Exports:MaxAttempts", "2");
            await app.WriteDatasetAsync("far", """{ "source": "Shop", "query": "SELECT n AS id, md5(n::text) AS hash FROM (SELECT generate_series(1, 2000000000) AS n) AS endless", "key": ["id"] }""");
            var id = await app.PostAsync(new { dataset = "far", format = "csv" });
            await RowsAsync(id);

            // SIGQUIT is PostgreSQL's immediate shutdown: no goodbye to anybody.
            var pid = (await File.ReadAllLinesAsync(Path.Combine(server.Folders.Root, "cluster", "postmaster.pid")))[0];
            Assert.True(TmpfsFactAttribute.Run("kill", "-QUIT", pid));

            await AssertFailedAsync(id, "source_unavailable", "did not answer");
        }
        finally
        {
            await server.DisposeAsync();
            server.Folders.Delete();
        }
    }

    /// <summary>An export that has written rows and hangs in the middle of the table.</summary>
    private async Task<Guid> StopInTheMiddleAsync(string format)
    {
        await app.Database.ExecuteAsync($"""
            CREATE FUNCTION gate(id int) RETURNS text LANGUAGE plpgsql STABLE AS $$
                BEGIN
                    IF id = 50000 THEN PERFORM pg_advisory_xact_lock_shared({Gate}); END IF;
                    RETURN md5(id::text);
                END $$;
            """);
        await app.WriteDatasetAsync("gated", """{ "query": "SELECT n AS id, gate(n) AS hash FROM generate_series(1, 60000) AS n", "key": ["id"] }""");
        keeper = await app.Database.Pool.OpenConnectionAsync();
        await using var command = new NpgsqlCommand($"SELECT pg_advisory_lock({Gate})", keeper);
        await command.ExecuteNonQueryAsync();
        var id = await app.PostAsync(new { dataset = "gated", format });
        await RowsAsync(id);
        return id;
    }

    private NpgsqlConnection? keeper;

    private Task RowsAsync(Guid id) => Until.TrueAsync(
        async () => (await app.StatusAsync(id)).GetProperty("progress").GetProperty("rows").GetInt64() > 0, "rows written");

    private async Task AssertFailedAsync(Guid id, string code, string said)
    {
        var document = await app.EndAsync(id);
        await (keeper?.DisposeAsync() ?? ValueTask.CompletedTask);

        var error = document.GetProperty("error");
        Assert.Equal(("failed", code), (document.GetProperty("status").GetString(), error.GetProperty("code").GetString()));
        Assert.Contains(said, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, document.GetProperty("download").ValueKind);
        Assert.Equal(System.Net.HttpStatusCode.Conflict, (await app.Client.GetAsync($"/api/exports/{id}/file")).StatusCode);
        Assert.DoesNotContain(Directory.GetFiles(app.FilesFolder, "*", SearchOption.AllDirectories), file => file.Contains($"{id}", StringComparison.Ordinal));
    }
}
