using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ExportHub.Tests.Access;

namespace ExportHub.Tests.Api;

public sealed class PreviewEndpointsTests(PreviewEndpointsTests.Site site) : IClassFixture<PreviewEndpointsTests.Site>
{
    private static readonly string[] Columns = ["id", "ordered_at", "customer", "amount", "due_on", "note"];

    [Fact]
    public async Task The_rows_of_a_csv_preview_are_the_first_lines_of_the_file()
    {
        var request = new
        {
            format = "csv", columns = Columns, sort = new[] { new { column = "amount", descending = true } }, timeZone = "Europe/Berlin",
            options = new { profile = "excel", culture = "de-DE", quote = "all", nullText = "–" },
        };

        var preview = await PreviewAsync("orders", request);
        var file = Encoding.UTF8.GetString(await FileAsync("orders", request));

        var rows = Rows(preview);
        Assert.Equal(20, rows.Count);
        Assert.Equal(["1000", "11.02.2026 17:00:00", "Customer 0, Zoë \"Z\" 漢字", "1250,00", "11.01.2026", "–"], rows[0]);
        var lines = rows.Select(row => string.Join(';', row.Select(cell => cell == "–" ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")));
        Assert.StartsWith(string.Join("\r\n", lines), file[(file.IndexOf('\n', StringComparison.Ordinal) + 1)..], StringComparison.Ordinal);
        Assert.Contains(rows, row => row[5] == "'=1+1");
    }

    [Fact]
    public async Task A_preview_of_a_workbook_has_what_excel_shows()
    {
        var preview = await PreviewAsync("orders", new { format = "xlsx", columns = Columns, limit = 2 });

        Assert.Equal(
            [["1", "2026-01-01 01:00:00", "Customer 1, Zoë \"Z\" 漢字", "1.25", "2026-01-02", ""], ["2", "2026-01-01 02:00:00", "Customer 2, Zoë \"Z\" 漢字", "2.50", "2026-01-03", "two\nlines, \"quoted\""]],
            Rows(preview));
        Assert.Equal("Ordered at", preview.GetProperty("columns")[1].GetProperty("inFile").GetString());
    }

    [Fact]
    public async Task A_preview_of_json_has_the_values_as_they_stand_in_the_file()
    {
        var preview = await PreviewAsync("orders", new { format = "jsonl", columns = new[] { "id", "customer", "note" }, limit = 4 });

        Assert.Equal(["4", "\"Customer 4, Zoë \\\"Z\\\" 漢字\"", "null"], Rows(preview)[3]);
    }

    [Fact]
    public async Task What_is_expected_of_a_small_export_is_what_it_comes_to()
    {
        var request = new { format = "csv", columns = Columns, filters = new[] { new { column = "amount", op = "lt", value = 500 } } };

        var preview = await PreviewAsync("orders", request);
        var file = await FileAsync("orders", request);

        var expected = preview.GetProperty("expected");
        Assert.Equal((399, true, file.Length, true), (expected.GetProperty("rows").GetInt64(), expected.GetProperty("rowsAreExact").GetBoolean(), expected.GetProperty("bytes").GetInt64(), expected.GetProperty("sure").GetBoolean()));
        Assert.InRange(expected.GetProperty("seconds").GetDouble(), 0, 60);
        Assert.True(preview.GetProperty("excel").GetProperty("fits").GetBoolean());
        Assert.Empty(preview.GetProperty("missing").EnumerateArray());
        Assert.Contains("apostrophe", preview.GetProperty("warnings")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(3, preview.GetProperty("quota").GetProperty("runningLimit").GetInt32());
        Assert.Equal(JsonValueKind.Null, preview.GetProperty("refusal").ValueKind);
    }

    [Fact]
    public async Task What_a_spreadsheet_would_destroy_is_warned_of()
    {
        var preview = await PreviewAsync("codes", new { format = "csv" });

        var warnings = string.Join('\n', preview.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()));
        Assert.Contains("leading zeros", warnings, StringComparison.Ordinal);
        Assert.Contains("after the 15th", warnings, StringComparison.Ordinal);
        Assert.Equal(3000, preview.GetProperty("expected").GetProperty("rows").GetInt64());
        Assert.InRange(preview.GetProperty("lookedAt").GetInt64(), 1500, 2500);
    }

    [Fact]
    public async Task Bad_input_is_answered_as_for_an_export()
    {
        var answer = await PostAsync(site.App.Client, "orders", new { format = "docx", columns = new[] { "nothing" } });
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(["columns[0]", "format"], problem.GetProperty("errors").EnumerateObject().Select(error => error.Name).Order());
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(site.App.Client, "nowhere", new { format = "csv" })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(site.App.Client, "orders", new { format = "csv", dataset = "codes" })).StatusCode);
    }

    [Fact]
    public async Task A_look_is_kept_once_for_the_same_criteria()
    {
        var request = new { format = "csv", columns = new[] { "id" }, limit = 7 };
        await PreviewAsync("orders", request);
        await PreviewAsync("orders", new { format = "xlsx", request.columns, request.limit });
        await PreviewAsync("orders", request);

        Assert.Equal(1, await site.App.Database.CountAsync(
            "SELECT count(*) FROM exporthub.audit WHERE act = 'preview' AND dataset = 'orders' AND who = 'admin' AND details -> 'criteria' ->> 'limit' = '7'"));
    }

    [Fact]
    public async Task An_answer_is_not_stored_by_anybody_between()
    {
        var answer = await PostAsync(site.App.Client, "orders", new { format = "csv" });

        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
    }

    private async Task<JsonElement> PreviewAsync(string dataset, object request)
    {
        var answer = await PostAsync(site.App.Client, dataset, request);
        var preview = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(answer.IsSuccessStatusCode, preview.ToString());
        return preview;
    }

    private async Task<byte[]> FileAsync(string dataset, object request)
    {
        var body = JsonSerializer.SerializeToNode(request)!;
        body["dataset"] = dataset;
        return await site.App.DownloadAsync(await site.App.ExportAsync(body));
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string dataset, object request) =>
        client.PostAsJsonAsync($"/api/datasets/{dataset}/preview", request);

    private static List<string[]> Rows(JsonElement preview) =>
        [.. preview.GetProperty("rows").EnumerateArray().Select(row => row.EnumerateArray().Select(cell => cell.GetString()!).ToArray())];

    public sealed class Site : IAsyncLifetime
    {
        public TestApp App { get; } = new();

        public async Task InitializeAsync()
        {
            await App.InitializeAsync();
            await App.Database.ExecuteAsync("""
                CREATE TABLE codes (id int PRIMARY KEY, code text NOT NULL, number text NOT NULL);
                INSERT INTO codes SELECT n, lpad(n::text, 6, '0'), '1234567890123456' || n FROM generate_series(1, 3000) AS n;
                ANALYZE codes
                """);
            await App.WriteDatasetAsync("codes", """{ "from": "public.codes", "rights": { "export": ["*"] } }""");
// What a busy machine can do in a second is another question, see PreviewInTimeTests.
            App.With("Exports:PreviewTime", "00:00:10");
        }

        public Task DisposeAsync() => App.DisposeAsync();
    }
}
