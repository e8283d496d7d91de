using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ExportHub.Tests.Exports;

/// <summary>The life of an export through the real host and engine.</summary>
public sealed class RunExportTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_running_export_shows_its_progress_and_can_be_canceled()
    {
        await WriteEndlessAsync();
        var id = await app.PostAsync(new { dataset = "endless", format = "csv" });
        var running = await RowsAsync(id);
        Assert.Equal("running", running.GetProperty("status").GetString());

        var answer = await app.Client.PostAsync($"/api/exports/{id}/cancel", null);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var document = await app.EndAsync(id);
        Assert.Equal("canceled", document.GetProperty("status").GetString());
        Assert.Equal(JsonValueKind.Null, document.GetProperty("download").ValueKind);
        await Until.TrueAsync(async () => await BackendsAsync(id) == 0, "no backend of the export");
        await Until.TrueAsync(() => Directory.GetFiles(app.FilesFolder, $"*{id}*", SearchOption.AllDirectories).Length == 0, "no part of the export");
    }

    [Fact]
    public async Task A_canceled_export_can_be_run_again_and_a_completed_one_cannot()
    {
        await WriteEndlessAsync();
        var id = await app.PostAsync(new { dataset = "endless", format = "csv" });
        await RowsAsync(id);
        await app.Client.PostAsync($"/api/exports/{id}/cancel", null);
        await app.EndAsync(id);

        var again = await app.Client.PostAsync($"/api/exports/{id}/retry", null);

        Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
        var second = await RowsAsync(id);
        Assert.Equal(2, second.GetProperty("attempt").GetInt32());
        await app.Client.PostAsync($"/api/exports/{id}/cancel", null);
        await app.EndAsync(id);
        var completed = await app.ExportAsync(new { dataset = "orders", format = "csv" });
        Assert.Equal(HttpStatusCode.Conflict, (await app.Client.PostAsync($"/api/exports/{completed.GetProperty("id").GetGuid()}/retry", null)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await app.Client.PostAsync($"/api/exports/{completed.GetProperty("id").GetGuid()}/cancel", null)).StatusCode);
    }

    [Fact]
    public async Task A_file_is_a_conflict_before_it_is_there_and_gone_after_it_expired()
    {
        await WriteEndlessAsync();
        var running = await app.PostAsync(new { dataset = "endless", format = "csv" });
        Assert.Equal(HttpStatusCode.Conflict, (await app.Client.GetAsync($"/api/exports/{running}/file")).StatusCode);
        await app.Client.PostAsync($"/api/exports/{running}/cancel", null);

        var completed = (await app.ExportAsync(new { dataset = "orders", format = "csv" })).GetProperty("id").GetGuid();
        await app.Database.ExecuteAsync($"UPDATE exporthub.export SET expires_at = now() WHERE id = '{completed}'");

        await Until.TrueAsync(async () => (await app.StatusAsync(completed)).GetProperty("status").GetString() == "expired", "expiry");
        Assert.Equal(HttpStatusCode.Gone, (await app.Client.GetAsync($"/api/exports/{completed}/file")).StatusCode);
    }

    [Fact]
    public async Task An_export_whose_query_fails_in_the_middle_leaves_no_file_and_says_why()
    {
        await app.WriteDatasetAsync("fails", """
            { "query": "SELECT n AS id, 1 / (500000 - n) AS broken FROM generate_series(1, 1000000) AS n", "key": ["id"] }
            """);

        var document = await app.ExportAsync(new { dataset = "fails", format = "csv" });

        Assert.Equal("failed", document.GetProperty("status").GetString());
        Assert.Equal("query_failed", document.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(1, document.GetProperty("attempt").GetInt32());
        Assert.Empty(Directory.GetFiles(app.FilesFolder, $"*{document.GetProperty("id").GetString()}*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(1_000_000)]
    public async Task A_file_with_other_than_the_counted_rows_is_never_published(int rows)
    {
        await app.WriteDatasetAsync("short", $$"""
            { "query": "SELECT n AS id FROM generate_series(1, {{rows}}) AS n WHERE n < {{rows}} OR current_query() LIKE 'SELECT count%'", "key": ["id"] }
            """);

        var document = await app.ExportAsync(new { dataset = "short", format = "csv" });

        Assert.Equal(("failed", "row_count"), (document.GetProperty("status").GetString(), document.GetProperty("error").GetProperty("code").GetString()));
        Assert.Contains($"{rows} rows were counted and {rows - 1} written", document.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(app.FilesFolder, $"*{document.GetProperty("id").GetString()}*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_dataset_that_changed_since_it_was_asked_for_fails_with_the_reason()
    {
        await app.Database.ExecuteAsync("CREATE TABLE fleeting (id int PRIMARY KEY, extra text); INSERT INTO fleeting VALUES (1, 'x')");
        await app.WriteDatasetAsync("fleeting", """{ "from": "public.fleeting" }""");
        await app.ExportAsync(new { dataset = "fleeting", format = "csv" });
        await app.Database.ExecuteAsync("ALTER TABLE fleeting DROP COLUMN extra");

        var document = await app.ExportAsync(new { dataset = "fleeting", format = "csv", columns = new[] { "id", "extra" } });

        Assert.Equal(("failed", "dataset_changed"), (document.GetProperty("status").GetString(), document.GetProperty("error").GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_source_that_is_cut_in_the_middle_is_read_again_from_the_start()
    {
        await app.WriteDatasetAsync("long", """
            { "query": "SELECT n AS id, md5(n::text) AS hash FROM generate_series(1, 1500000) AS n", "key": ["id"] }
            """);
        var id = await app.PostAsync(new { dataset = "long", format = "csv" });
        await RowsAsync(id);

        await app.Database.ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'exporthub:{id}:%'");

        var document = await app.EndAsync(id);
        Assert.Equal(("completed", 2), (document.GetProperty("status").GetString(), document.GetProperty("attempt").GetInt32()));
        Assert.Equal(1_500_000, document.GetProperty("download").GetProperty("rows").GetInt64());
    }

    [Fact]
    public async Task Editing_a_dataset_does_not_change_what_was_asked_for()
    {
        await app.WriteDatasetAsync("edited", """{ "query": "SELECT generate_series(1, 2000000000) AS id", "key": ["id"] }""");
        var id = await app.PostAsync(new { dataset = "edited", format = "jsonl" });
        await app.Client.PostAsync($"/api/exports/{id}/cancel", null);
        await app.EndAsync(id);
        await app.WriteDatasetAsync("edited", """{ "query": "SELECT 1 AS id", "key": ["id"] }""");

        await app.Client.PostAsync($"/api/exports/{id}/retry", null);

        var running = await RowsAsync(id);
        Assert.InRange(running.GetProperty("progress").GetProperty("rows").GetInt64(), 2, long.MaxValue);
        await app.Client.PostAsync($"/api/exports/{id}/cancel", null);
        await app.EndAsync(id);
    }

    /// <summary>So many rows that no test waits for the end.</summary>
    private Task WriteEndlessAsync() => app.WriteDatasetAsync("endless", """
        { "query": "SELECT n AS id, md5(n::text) AS hash FROM (SELECT generate_series(1, 2000000000) AS n) AS endless", "key": ["id"] }
        """);

    private async Task<JsonElement> RowsAsync(Guid id)
    {
        var document = default(JsonElement);
        await Until.TrueAsync(async () => (document = await app.StatusAsync(id)).GetProperty("progress").GetProperty("rows").GetInt64() > 0, "rows written");
        return document;
    }

    private async Task<long> BackendsAsync(Guid id)
    {
        await using var command = app.Database.Pool.CreateCommand(
            $"SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'exporthub:{id}:%' AND state = 'active'");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
