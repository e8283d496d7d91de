using System.IO.Compression;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;

namespace ExportHub.Tests.Api;

public sealed class ReceiptEndpointsTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_receipt_says_what_was_asked_counted_and_written()
    {
        var document = await app.ExportAsync(new
        {
            dataset = "orders", format = "csv", columns = new[] { "id", "note" }, limit = 400, options = new { formulaGuard = false },
            filters = new[] { new { column = "id", op = "lte", value = 900 } },
        });
        var bytes = await app.DownloadAsync(document);

        var receipt = await app.Client.GetFromJsonAsync<JsonElement>(document.GetProperty("receipt").GetString());

        Assert.Equal(document.GetProperty("id").GetString(), receipt.GetProperty("id").GetString());
        Assert.Equal("""{"name":"orders","title":"Orders"}""", receipt.GetProperty("dataset").GetRawText());
        Assert.Equal(["2 columns: Id, Note", "Id is at most 900", "At most 400 rows"], Texts(receipt.GetProperty("criteriaWords")));
        Assert.Equal("lte", receipt.GetProperty("criteria").GetProperty("filters")[0].GetProperty("op").GetString());
        Assert.False(receipt.GetProperty("options").GetProperty("formulaGuard").GetBoolean());
        Assert.Equal("machine", receipt.GetProperty("options").GetProperty("profile").GetString());
        var rows = receipt.GetProperty("rows");
        Assert.Equal((400, 400, 900, 900, "count"), (Number(rows, "written"), Number(rows, "limit"), Number(rows, "selected"), Number(rows, "counted"), rows.GetProperty("countedBy").GetString()));
        Assert.Equal("400 of 900 rows, because the limit is 400.", rows.GetProperty("words").GetString());
        var file = receipt.GetProperty("file");
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), file.GetProperty("sha256").GetString());
        Assert.Equal((bytes.Length, 0), (Number(file, "bytes"), file.GetProperty("parts").GetArrayLength()));
        Assert.Equal(document.GetProperty("dataAsOf").GetString(), receipt.GetProperty("dataAsOf").GetString());
        Assert.All(receipt.GetProperty("versions").EnumerateObject(), version => Assert.NotEqual("", version.Value.GetString()));
        Assert.Equal("""{"rows":400,"of":900,"ofIsExact":true}""", document.GetProperty("limited").GetRawText());
    }

    [Fact]
    public async Task Cells_that_were_changed_are_counted_by_kind_and_column()
    {
        var document = await app.ExportAsync(new { dataset = "orders", format = "csv", columns = new[] { "id", "note" } });

        var receipt = await app.Client.GetFromJsonAsync<JsonElement>(document.GetProperty("receipt").GetString());

        Assert.Equal("""{"kind":"guarded","column":"note","cells":250}""", Assert.Single(receipt.GetProperty("remarks").EnumerateArray()).GetRawText());
        Assert.Equal(Texts(document.GetProperty("warnings")), Texts(receipt.GetProperty("warnings")));
        Assert.True(receipt.GetProperty("options").GetProperty("formulaGuard").GetBoolean());
        Assert.Equal(JsonValueKind.Null, document.GetProperty("limited").ValueKind);
    }

    [Fact]
    public async Task An_archive_encloses_its_receipt_and_each_of_its_files_is_known()
    {
        await app.WriteDatasetAsync("many", """{ "query": "SELECT n AS id FROM generate_series(1, 5000) AS n", "key": ["id"] }""");
        var document = await app.ExportAsync(new { dataset = "many", format = "csv", limit = 2500, options = new { rowsPerFile = 1000 } });
        using var archive = new ZipArchive(new MemoryStream(await app.DownloadAsync(document)));

        using var enclosed = JsonDocument.Parse(archive.GetEntry("receipt.json")!.Open());
        var receipt = await app.Client.GetFromJsonAsync<JsonElement>(document.GetProperty("receipt").GetString());

        foreach (var same in new[] { "id", "criteria", "options", "rows", "dataAsOf", "attempt", "remarks", "versions" })
        {
            Assert.True(JsonElement.DeepEquals(receipt.GetProperty(same), enclosed.RootElement.GetProperty(same)), same);
        }

        Assert.Equal("2,500 of 5,000 rows, because the limit is 2,500.", enclosed.RootElement.GetProperty("rows").GetProperty("words").GetString());
        var parts = receipt.GetProperty("file").GetProperty("parts").EnumerateArray().ToList();
        Assert.Equal([1000, 1000, 500], parts.Select(part => Number(part, "rows")));
        foreach (var part in parts)
        {
            var name = part.GetProperty("name").GetString()!;
            var answer = await app.Client.PostAsync("/api/verify", new StreamContent(archive.GetEntry(name)!.Open()) { Headers = { ContentType = new("text/csv") } });
            var known = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("export");
            Assert.Equal((document.GetProperty("id").GetString(), name), (known.GetProperty("id").GetString(), known.GetProperty("part").GetString()));
        }
    }

    [Fact]
    public async Task The_cap_of_a_dataset_is_said_like_a_limit()
    {
        await app.WriteDatasetAsync("capped", """{ "from": "public.orders", "rowLimit": 300 }""");

        var document = await app.ExportAsync(new { dataset = "capped", format = "jsonl" });

        Assert.Equal("""{"rows":300,"of":1000,"ofIsExact":true}""", document.GetProperty("limited").GetRawText());
        var page = await app.Client.GetStringAsync($"/exports/{document.GetProperty("id").GetString()}");
        Assert.Contains("300 of 1,000 rows, because one export of this dataset holds at most 300.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receipt_is_kept_when_the_file_has_expired()
    {
        var id = (await app.ExportAsync(new { dataset = "orders", format = "xlsx" })).GetProperty("id").GetGuid();
        var before = await app.Client.GetStringAsync($"/api/exports/{id}/receipt");
        await app.Database.ExecuteAsync($"UPDATE exporthub.export SET expires_at = now() WHERE id = '{id}'");
        await Until.TrueAsync(async () => (await app.StatusAsync(id)).GetProperty("status").GetString() == "expired", "expiry");

        Assert.Equal(before, await app.Client.GetStringAsync($"/api/exports/{id}/receipt"));
    }

    [Fact]
    public async Task A_receipt_downloads_under_the_name_of_its_file()
    {
        var document = await app.ExportAsync(new { dataset = "orders", format = "csv" });

        var answer = await app.Client.GetAsync(document.GetProperty("receipt").GetString() + "?download");

        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal(document.GetProperty("download").GetProperty("fileName").GetString() + ".receipt.json", answer.Content.Headers.ContentDisposition.FileNameStar);
    }

    [Fact]
    public async Task An_export_from_before_receipts_still_has_what_is_known_of_it()
    {
        var id = (await app.ExportAsync(new { dataset = "orders", format = "csv" })).GetProperty("id").GetGuid();
        await app.Database.ExecuteAsync($"UPDATE exporthub.export SET receipt = NULL, selected_rows = NULL WHERE id = '{id}'");

        var receipt = await app.Client.GetFromJsonAsync<JsonElement>($"/api/exports/{id}/receipt");

        Assert.Equal("notCounted", receipt.GetProperty("rows").GetProperty("countedBy").GetString());
        Assert.NotEqual(JsonValueKind.Null, receipt.GetProperty("rows").GetProperty("reason").ValueKind);
        Assert.Equal(1000, Number(receipt.GetProperty("rows"), "written"));
    }

    [Fact]
    public async Task Without_a_file_there_is_no_receipt()
    {
        await app.WriteDatasetAsync("fails", """{ "query": "SELECT n AS id, 1 / (3 - n) AS broken FROM generate_series(1, 5) AS n", "key": ["id"] }""");
        var failed = (await app.ExportAsync(new { dataset = "fails", format = "csv" })).GetProperty("id").GetGuid();

        await ExportEndpointsTests.AssertProblemAsync(await app.Client.GetAsync($"/api/exports/{failed}/receipt"), 409);
        await ExportEndpointsTests.AssertProblemAsync(await app.Client.GetAsync($"/api/exports/{Guid.NewGuid()}/receipt"), 404);
    }

    private static long Number(JsonElement element, string name) => element.GetProperty(name).GetInt64();

    private static IEnumerable<string?> Texts(JsonElement array) => array.EnumerateArray().Select(text => text.GetString());
}
