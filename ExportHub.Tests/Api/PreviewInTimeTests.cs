using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit.Abstractions;

namespace ExportHub.Tests.Api;

/// <summary>With the time that previews have by default.</summary>
public sealed class PreviewInTimeTests(PreviewInTimeTests.Site site, ITestOutputHelper output) : IClassFixture<PreviewInTimeTests.Site>
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(1);

    // The machine of the tests may be busy with others.
    private const double Slack = 5;

    [Fact]
    public async Task A_database_that_takes_too_long_gives_a_partial_answer_within_a_second_and_is_told_to_stop()
    {
        await PreviewAsync("slow");
        var watch = Stopwatch.StartNew();

        var preview = await PreviewAsync("slow");

        output.WriteLine($"{watch.Elapsed.TotalSeconds:0.000} s");
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Promised * Slack);
        Assert.Equal(["rows", "count"], Missing(preview));
        Assert.Equal(JsonValueKind.Null, preview.GetProperty("rows").ValueKind);
        Assert.False(preview.GetProperty("expected").GetProperty("sure").GetBoolean());
        Assert.NotEqual("", preview.GetProperty("expected").GetProperty("reason").GetString());
        await Until.TrueAsync(
            async () => await site.App.Database.CountAsync("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'exporthub:preview' AND state = 'active'") == 0,
            "the end of the queries");
    }

    [Fact]
    public async Task A_table_that_somebody_has_locked_gives_a_partial_answer_too()
    {
        await using var connection = await site.App.Database.Pool.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new Npgsql.NpgsqlCommand("LOCK TABLE orders", connection);
        await PreviewAsync("orders");
        await command.ExecuteNonQueryAsync();
        var watch = Stopwatch.StartNew();

        var preview = await PreviewAsync("orders");

        output.WriteLine($"{watch.Elapsed.TotalSeconds:0.000} s");
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Promised * Slack);
        Assert.Equal("rows", Missing(preview)[0]);
    }

    [Fact]
    public async Task Rows_that_can_be_read_but_not_counted_in_time_are_shown_and_their_number_is_called_not_sure()
    {
        var preview = await PreviewAsync("long");

        Assert.Equal(20, preview.GetProperty("rows").GetArrayLength());
        Assert.Equal(["count"], Missing(preview));
        Assert.False(preview.GetProperty("expected").GetProperty("sure").GetBoolean());
    }

    private async Task<JsonElement> PreviewAsync(string dataset)
    {
        var answer = await site.App.Client.PostAsJsonAsync($"/api/datasets/{dataset}/preview", new { format = "csv" });
        var preview = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(answer.IsSuccessStatusCode, preview.ToString());
        return preview;
    }

    private static List<string?> Missing(JsonElement preview) => [.. preview.GetProperty("missing").EnumerateArray().Select(part => part.GetString())];

    public sealed class Site : IAsyncLifetime
    {
        public TestApp App { get; } = new();

        public async Task InitializeAsync()
        {
            await App.InitializeAsync();
            await App.WriteDatasetAsync("slow", """{ "query": "SELECT n AS id FROM generate_series(1, 100) AS n WHERE pg_sleep(n) IS NOT NULL", "rights": { "export": ["*"] } }""");
            await App.WriteDatasetAsync("long", """{ "query": "SELECT n AS id FROM generate_series(1, 2000) AS n WHERE n < 1200 OR pg_sleep(n) IS NOT NULL", "rights": { "export": ["*"] } }""");
        }

        public Task DisposeAsync() => App.DisposeAsync();
    }
}
