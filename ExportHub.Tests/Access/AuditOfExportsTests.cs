using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using ExportHub.Access;

namespace ExportHub.Tests.Access;

/// <summary>Whatever happens to an export and its file is in the audit, or does not happen.</summary>
public sealed class AuditOfExportsTests : IAsyncLifetime
{
    private readonly AccessApp access = new();

    private TestDatabase Database => access.App.Database;

    public Task InitializeAsync() => access.InitializeAsync();

    public Task DisposeAsync() => access.DisposeAsync();

    [Fact]
    public async Task An_export_has_its_whole_life_in_it()
    {
        var anna = await access.WithTokenAsync("anna", Scopes.Export);
        var id = await CompletedAsync(anna, new { dataset = "orders", format = "csv", limit = 7 });
        var bytes = await anna.GetByteArrayAsync(File(id));
        await anna.GetAsync(new Uri($"/api/exports/{id}/receipt", UriKind.Relative));

        var audit = await Database.AuditAsync(id);

        Assert.Equal(["request", "start", "complete", "download", "receipt"], audit.Select(entry => entry.Act));
        Assert.All(audit, entry => Assert.Equal((id, "orders", "anna"), (entry.ExportId, entry.Dataset, entry.Subject)));
        Assert.Equal([("anna", "token", "test"), (null, "system", null), (null, "system", null), ("anna", "token", "test"), ("anna", "token", "test")],
            audit.Select(entry => (entry.Who, entry.How, entry.Token)));
        Assert.Equal(("csv", 7), (audit[0].Text("format"), audit[0].Details.GetProperty("criteria").GetProperty("limit").GetInt32()));
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        Assert.Equal((sha256, $"{bytes.Length}", "7"), (audit[2].Text("sha256"), audit[2].Text("bytes"), audit[2].Text("rows")));
        Assert.Equal((sha256, null), (audit[3].Text("sha256"), audit[3].Text("range")));
    }

    [Fact]
    public async Task Every_piece_that_is_downloaded_counts_and_questions_without_a_byte_do_not()
    {
        var anna = await access.WithTokenAsync("anna", Scopes.Export);
        var id = await CompletedAsync(anna);
        var head = await anna.SendAsync(new HttpRequestMessage(HttpMethod.Head, File(id)));
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        var known = new HttpRequestMessage(HttpMethod.Get, File(id));
        known.Headers.IfNoneMatch.Add(head.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await anna.SendAsync(known)).StatusCode);
        var beyond = new HttpRequestMessage(HttpMethod.Get, File(id)) { Headers = { Range = new RangeHeaderValue(long.MaxValue - 1, null) } };
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, (await anna.SendAsync(beyond)).StatusCode);
        Assert.Empty(await Database.AuditAsync(id, AuditActs.Download));

        var piece = new HttpRequestMessage(HttpMethod.Get, File(id)) { Headers = { Range = new RangeHeaderValue(10, 19) } };
        Assert.Equal(10, (await (await anna.SendAsync(piece)).Content.ReadAsByteArrayAsync()).Length);
        await anna.GetByteArrayAsync(File(id));

        Assert.Equal(["bytes=10-19", null], (await Database.AuditAsync(id, AuditActs.Download)).Select(entry => entry.Text("range")));
    }

    [Theory]
    [InlineData(AuditActs.Download, "file")]
    [InlineData(AuditActs.Receipt, "receipt")]
    public async Task No_byte_leaves_that_is_not_in_the_audit(string act, string door)
    {
        var anna = await access.WithTokenAsync("anna", Scopes.Export);
        var id = await CompletedAsync(anna);
        await Database.RefuseAsync(act);

        var answer = await anna.GetAsync(new Uri($"/api/exports/{id}/{door}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("Customer", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_cannot_be_kept_is_not_accepted()
    {
        await Database.RefuseAsync("request");

        var answer = await access.App.Client.PostAsJsonAsync("/api/exports", new { dataset = "orders", format = "csv" });

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal(0, await Database.CountAsync("SELECT count(*) FROM exporthub.export"));
    }

    [Fact]
    public async Task What_fails_is_canceled_and_run_again_says_so_with_who_did_it()
    {
        await access.App.WriteDatasetAsync("fails", """{ "query": "SELECT n AS id, 1 / (3 - n) AS broken FROM generate_series(1, 5) AS n", "key": ["id"] }""");
        var admin = access.App;
        var id = (await admin.ExportAsync(new { dataset = "fails", format = "csv" })).GetProperty("id").GetGuid();
        await admin.Client.PostAsync(new Uri($"/api/exports/{id}/retry", UriKind.Relative), null);
        await admin.EndAsync(id);

        Assert.Equal(
            [("request", "admin", null), ("start", null, null), ("fail", null, "query_failed"), ("retry", "admin", null), ("start", null, null), ("fail", null, "query_failed")],
            (await Database.AuditAsync(id)).Select(entry => (entry.Act, entry.Who, entry.Text("code"))));
    }

    [Fact]
    public async Task An_administrator_who_looks_at_somebody_elses_export_is_in_it_and_one_who_polls_is_not()
    {
        var anna = await access.WithTokenAsync("anna", Scopes.Export);
        var admin = await access.SignedInAsync(FirstAdministrator.Name);
        var id = await CompletedAsync(anna);
        await anna.GetAsync(new Uri($"/exports/{id}", UriKind.Relative));

        foreach (var address in new[] { $"/exports/{id}", $"/api/exports/{id}", $"/api/exports/{id}?poll=1", $"/api/exports/{id}?poll=2", $"/request/orders?from={id}" })
        {
            Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync(new Uri(address, UriKind.Relative))).StatusCode);
        }

        await admin.GetByteArrayAsync(File(id));
        var looks = (await Database.AuditAsync(id)).Where(entry => entry.Act is AuditActs.Look or AuditActs.Download);
        Assert.Equal(
            [("look", "admin", "anna"), ("look", "admin", "anna"), ("look", "admin", "anna"), ("download", "admin", "anna")],
            looks.Select(entry => (entry.Act, entry.Who, entry.Subject)));
    }

    private static Uri File(Guid id) => new($"/api/exports/{id}/file", UriKind.Relative);

    private static async Task<Guid> CompletedAsync(HttpClient client, object? request = null)
    {
        var answer = await client.PostAsJsonAsync("/api/exports", request ?? new { dataset = "orders", format = "csv" });
        var id = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        await Until.TrueAsync(
            async () => (await client.GetFromJsonAsync<JsonElement>($"/api/exports/{id}")).GetProperty("status").GetString() == "completed", "a completed export");
        return id;
    }
}
