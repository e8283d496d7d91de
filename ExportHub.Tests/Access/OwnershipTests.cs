using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ExportHub.Access;

namespace ExportHub.Tests.Access;

/// <summary>What is not yours is as if it did not exist, on every door and with every verb.</summary>
public sealed class OwnershipTests : IAsyncLifetime
{
    private readonly AccessApp access = new();

    public static TheoryData<string, string> Doors => new()
    {
        { "GET", "/api/exports/{id}" },
        { "POST", "/api/exports/{id}/cancel" },
        { "POST", "/api/exports/{id}/retry" },
        { "GET", "/api/exports/{id}/file" },
        { "HEAD", "/api/exports/{id}/file" },
        { "GET", "/api/exports/{id}/receipt" },
        { "GET", "/exports/{id}" },
        { "GET", "/verify?export={id}" },
    };

    public Task InitializeAsync() => access.InitializeAsync();

    public Task DisposeAsync() => access.DisposeAsync();

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task Somebody_elses_export_answers_like_one_that_does_not_exist(string verb, string door)
    {
        var anna = await access.WithTokenAsync("anna", Scopes.Export);
        var bert = await access.WithTokenAsync("bert", Scopes.Export);
        var id = await CompletedAsync(anna);

        var (theirs, nothing) = (await AskAsync(bert, verb, door, id), await AskAsync(bert, verb, door, Guid.CreateVersion7()));

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (theirs.StatusCode, nothing.StatusCode));
        Assert.Equal(await WordsAsync(theirs), await WordsAsync(nothing));
        Assert.NotEqual(HttpStatusCode.NotFound, (await AskAsync(anna, verb, door, id)).StatusCode);
    }

    [Fact]
    public async Task The_history_is_ones_own_and_an_administrators_that_of_all()
    {
        var anna = await access.WithTokenAsync("anna", Scopes.Export);
        var bert = await access.WithTokenAsync("bert", Scopes.Read);
        var admin = await access.WithTokenAsync(FirstAdministrator.Name, Scopes.Admin);
        var id = await CompletedAsync(anna);

        Assert.Contains(id, await HistoryAsync(anna));
        Assert.Empty(await HistoryAsync(bert));
        Assert.Contains(id, await HistoryAsync(admin));
    }

    [Fact]
    public async Task A_hash_of_somebody_elses_file_is_not_known()
    {
        var anna = await access.WithTokenAsync("anna", Scopes.Export);
        var bert = await access.WithTokenAsync("bert", Scopes.Export);
        var id = await CompletedAsync(anna);
        var sha256 = (await anna.GetFromJsonAsync<JsonElement>($"/api/exports/{id}")).GetProperty("download").GetProperty("sha256").GetString();

        Assert.True(await KnowsAsync(anna, sha256!));
        Assert.False(await KnowsAsync(bert, sha256!));
    }

    [Fact]
    public async Task A_token_that_reads_does_not_ask_for_exports()
    {
        var reader = await access.WithTokenAsync("anna", Scopes.Read);

        var answer = await reader.PostAsJsonAsync("/api/exports", new { dataset = "orders", format = "csv" });

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task A_token_without_the_scope_is_no_administrator()
    {
        var anna = await access.WithTokenAsync("anna", Scopes.Export);
        var careful = await access.WithTokenAsync(FirstAdministrator.Name, Scopes.Export);
        var id = await CompletedAsync(anna);

        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(careful, "GET", "/api/exports/{id}", id)).StatusCode);
    }

    [Theory]
    [InlineData("/account")]
    [InlineData("/admin/users")]
    public async Task A_token_opens_no_page_on_which_it_could_give_itself_more(string page)
    {
        var admin = await access.WithTokenAsync(FirstAdministrator.Name, Scopes.Export);

        Assert.Equal(HttpStatusCode.Forbidden, (await admin.GetAsync(new Uri(page, UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task A_revoked_token_opens_nothing()
    {
        var anna = await access.WithTokenAsync("anna", Scopes.Read);
        Assert.Empty(await HistoryAsync(anna));

        await access.App.Database.ExecuteAsync("UPDATE exporthub.api_token SET revoked_at = now()");

        // Told by the database, a moment after the change.
        var answer = await Until.AnswerAsync(
            async () => await anna.GetAsync(new Uri("/api/exports", UriKind.Relative)) is { StatusCode: HttpStatusCode.Unauthorized } refused ? refused : null, "the token opens nothing");
        Assert.Contains("invalid_token", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> AskAsync(HttpClient client, string verb, string door, Guid id) =>
        client.SendAsync(new HttpRequestMessage(new HttpMethod(verb), door.Replace("{id}", id.ToString(), StringComparison.Ordinal)));

    /// <summary>What is said, without the address and the trace.</summary>
    private static async Task<string> WordsAsync(HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsStringAsync();
        return answer.Content.Headers.ContentType?.MediaType == "application/problem+json" ? JsonDocument.Parse(body).RootElement.GetProperty("title").GetString()! : $"{body.Length > 0}";
    }

    private static async Task<List<Guid>> HistoryAsync(HttpClient client) =>
        [.. (await client.GetFromJsonAsync<JsonElement>("/api/exports")).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetGuid())];

    private static async Task<bool> KnowsAsync(HttpClient client, string sha256) =>
        (await (await client.PostAsJsonAsync("/api/verify", new { sha256 })).Content.ReadFromJsonAsync<JsonElement>()).GetProperty("known").GetBoolean();

    private static async Task<Guid> CompletedAsync(HttpClient client)
    {
        var answer = await client.PostAsJsonAsync("/api/exports", new { dataset = "orders", format = "csv" });
        var id = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        await Until.TrueAsync(
            async () => (await client.GetFromJsonAsync<JsonElement>($"/api/exports/{id}")).GetProperty("status").GetString() == "completed", "a completed export");
        return id;
    }
}
