using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ExportHub.Tests.Access;
using ExportHub.Tests.Hostile;

namespace ExportHub.Tests.Api;

/// <summary>Templates for programs. Of <see cref="RightsApp"/>: anna of sales sees no IBAN, bert of finance does, cleo does not see the dataset, dora may only look.</summary>
public sealed class TemplateEndpointsTests(RightsApp rights) : IClassFixture<RightsApp>
{
    [Fact]
    public async Task A_template_is_made_read_changed_and_deleted()
    {
        var anna = await rights.AsAsync("anna");
        var made = await AddAsync(anna, new { dataset = "orders", format = "csv", limit = 7 });
        var address = Address(made);

        Assert.Equal(address.ToString(), $"/api/templates/{made.GetProperty("id").GetGuid()}");
        Assert.Equal(7, made.GetProperty("request").GetProperty("limit").GetInt32());
        var renamed = await ReadAsync(await anna.PutAsJsonAsync(address, new { name = $"{made.GetProperty("name")} renamed", description = "for the board" }));
        Assert.Equal((1, "for the board"), (renamed.GetProperty("version").GetInt32(), renamed.GetProperty("description").GetString()));
        var changed = await ReadAsync(await anna.PutAsJsonAsync(address, new { name = Name(), request = new { dataset = "orders", format = "csv", limit = 8 } }));
        Assert.Equal((2, 8), (changed.GetProperty("version").GetInt32(), changed.GetProperty("request").GetProperty("limit").GetInt32()));
        var first = await anna.GetFromJsonAsync<JsonElement>($"{address}?version=1");
        Assert.Equal((1, 2, 7), (first.GetProperty("version").GetInt32(), first.GetProperty("latest").GetInt32(), first.GetProperty("request").GetProperty("limit").GetInt32()));
        var versions = (await anna.GetFromJsonAsync<JsonElement>($"{address}/versions")).GetProperty("items");
        Assert.Equal([2, 1], versions.EnumerateArray().Select(version => version.GetProperty("version").GetInt32()));
        Assert.Contains(made.GetProperty("id").GetGuid(), await ListAsync(anna));

        Assert.Equal(HttpStatusCode.NoContent, (await anna.DeleteAsync(address)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await anna.GetAsync(address)).StatusCode);
        Assert.DoesNotContain(made.GetProperty("id").GetGuid(), await ListAsync(anna));
    }

    [Fact]
    public async Task What_it_asks_for_can_be_sent_as_it_is_and_using_it_changes_nothing()
    {
        var anna = await rights.AsAsync("anna");
        var made = await AddAsync(anna, new { dataset = "deals", format = "csv", columns = new[] { "amount" }, sort = new[] { new { column = "id" } } });

        var end = await rights.CompletedAsync(anna, made.GetProperty("request"));

        Assert.Equal(["10", "50"], await RightsApp.LinesAsync(anna, end));
        Assert.Equal(made.ToString(), (await anna.GetFromJsonAsync<JsonElement>(Address(made))).ToString());
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("PUT", "")]
    [InlineData("DELETE", "")]
    [InlineData("GET", "/versions")]
    public async Task Somebody_elses_answers_like_one_that_does_not_exist(string verb, string door)
    {
        var bert = await rights.AsAsync("bert");
        var id = (await AddAsync(await rights.AsAsync("anna"), new { dataset = "orders", format = "csv" })).GetProperty("id").GetGuid();

        var (theirs, nothing) = (await SaidAsync(bert, verb, id, door), await SaidAsync(bert, verb, Guid.CreateVersion7(), door));

        Assert.Equal(HttpStatusCode.NotFound, theirs.Status);
        Assert.Equal(nothing, theirs);
    }

    [Fact]
    public async Task On_pages_it_is_not_there_either_and_fills_no_form()
    {
        var made = await AddAsync(await rights.AsAsync("anna"), new { dataset = "orders", format = "csv", limit = 4321 });
        var id = made.GetProperty("id").GetGuid();
        var bert = await rights.Access.SignedInAsync("bert");

        Assert.Equal(HttpStatusCode.NotFound, (await bert.GetAsync(new Uri($"/templates/{id}", UriKind.Relative))).StatusCode);
        Assert.DoesNotContain("4321", await bert.GetStringAsync(new Uri($"/request/orders?template={id}", UriKind.Relative)), StringComparison.Ordinal);
        Assert.DoesNotContain($"{id}", await bert.GetStringAsync(new Uri("/templates", UriKind.Relative)), StringComparison.Ordinal);
        foreach (var act in new[] { "save", "restore", "default", "delete" })
        {
            var answer = await PageForms.SendAsync(
                bert,
                $"/templates/{id}?handler={act}",
                [new(PageForms.Token, await PageForms.TokenAsync(bert)), new("templateName", "his now"), new("version", "1"), new("begin", "true")]);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        Assert.Equal(made.ToString(), (await (await rights.AsAsync("anna")).GetFromJsonAsync<JsonElement>(Address(made))).ToString());
    }

    [Fact]
    public async Task One_shared_with_a_role_is_read_by_it_and_changed_by_its_owner_only()
    {
        var (anna, bert) = (await rights.AsAsync("anna"), await rights.AsAsync("bert"));
        var made = await AddAsync(bert, new { dataset = "orders", format = "csv" }, "sales");

        Assert.False((await anna.GetFromJsonAsync<JsonElement>(Address(made))).GetProperty("mayChange").GetBoolean());
        Assert.Contains(made.GetProperty("id").GetGuid(), await ListAsync(anna));
        Assert.DoesNotContain(made.GetProperty("id").GetGuid(), await ListAsync(await rights.AsAsync("cleo")));
        Assert.Equal(HttpStatusCode.Forbidden, (await anna.PutAsJsonAsync(Address(made), new { name = Name() })).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await anna.DeleteAsync(Address(made))).StatusCode);
        Assert.True((await rights.App.Client.GetFromJsonAsync<JsonElement>(Address(made))).GetProperty("mayChange").GetBoolean());
    }

    [Fact]
    public async Task Sharing_gives_no_right_to_the_dataset_nor_to_a_column_nor_word_of_either()
    {
        var bert = await rights.AsAsync("bert");
        var made = await AddAsync(
            bert, new { dataset = "deals", format = "csv", columns = new[] { "id", "iban" }, filters = new[] { new { column = "iban", op = "eq", value = "iban-1" } } }, "*");

        var seen = await (await rights.AsAsync("anna")).GetFromJsonAsync<JsonElement>(Address(made));

        Assert.DoesNotContain("iban", seen.GetProperty("request").ToString(), StringComparison.Ordinal);
        Assert.False(seen.GetProperty("isWhole").GetBoolean());
        Assert.True((await bert.GetFromJsonAsync<JsonElement>(Address(made))).GetProperty("isWhole").GetBoolean());
        var cleo = await rights.AsAsync("cleo");
        Assert.Equal(HttpStatusCode.NotFound, (await cleo.GetAsync(Address(made))).StatusCode);
        Assert.DoesNotContain(made.GetProperty("id").GetGuid(), await ListAsync(cleo));
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_said_at_once_with_its_field()
    {
        var answer = await (await rights.AsAsync("anna")).PostAsJsonAsync(
            "/api/templates", new { name = "two\nlines", sharedWith = new[] { "No Role" }, request = new { dataset = "deals", format = "doc", columns = new[] { "iban" } } });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var errors = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors");
        Assert.Equal(["columns[0]", "format", "name", "sharedWith"], errors.EnumerateObject().Select(error => error.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""{ "name": "x" }""", HttpStatusCode.BadRequest)]
    [InlineData("""{ "name": "x", "owner": "bert", "request": { "dataset": "orders", "format": "csv" } }""", HttpStatusCode.BadRequest)]
    [InlineData("""{ "name": "\u0000", "request": { "dataset": "orders", "format": "csv" } }""", HttpStatusCode.BadRequest)]
    [InlineData("""{ "name": "x", "sharedWith": [null], "request": { "dataset": "orders", "format": "csv" } }""", HttpStatusCode.BadRequest)]
    [InlineData("""{ "name": "x", "request": { "dataset": "orders", "format": "csv", "filters": [null] } }""", HttpStatusCode.BadRequest)]
    [InlineData("""{ "name": "x", "request": { "dataset": "orders", "format": "csv", "sort": [null] } }""", HttpStatusCode.BadRequest)]
    [InlineData("""{ "name": "x", "request": { "dataset": "silent", "format": "csv" } }""", HttpStatusCode.BadRequest)]
    [InlineData("""{ "name": "nul in it", "description": "a\u0000b", "request": { "dataset": "orders", "format": "csv" } }""", HttpStatusCode.Created)]
    public async Task A_body_that_is_not_as_it_has_to_be_is_refused(string body, HttpStatusCode status)
    {
        var answer = await (await rights.AsAsync("anna")).PostAsync(new Uri("/api/templates", UriKind.Relative), new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task Who_may_only_look_at_a_dataset_keeps_nothing_of_it()
    {
        var answer = await (await rights.AsAsync("dora")).PostAsJsonAsync("/api/templates", new { name = Name(), request = new { dataset = "deals", format = "csv" } });

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task A_change_and_its_entry_in_the_audit_are_one()
    {
        var anna = await rights.AsAsync("anna");
        var made = await AddAsync(anna, new { dataset = "orders", format = "csv" });
        var id = made.GetProperty("id").GetGuid();
        await anna.PutAsJsonAsync(Address(made), new { name = Name(), sharedWith = new[] { "finance" }, request = new { dataset = "orders", format = "jsonl" } });
        await anna.DeleteAsync(Address(made));

        var acts = (await rights.App.Database.AuditAsync()).Where(entry => entry.Text("id") == $"{id}").ToList();

        Assert.Equal(["template_made", "template_saved", "template_renamed", "template_shared", "template_deleted"], acts.Select(entry => entry.Act));
        Assert.All(acts, entry => Assert.Equal(("anna", "token", "anna"), (entry.Who, entry.How, entry.Subject)));
    }

    private static string Name() => $"name {Guid.NewGuid():N}";

    private static Uri Address(JsonElement template) => new($"/api/templates/{template.GetProperty("id").GetGuid()}", UriKind.Relative);

    private static async Task<JsonElement> AddAsync(HttpClient client, object request, params string[] sharedWith)
    {
        var answer = await client.PostAsJsonAsync("/api/templates", new { name = Name(), sharedWith, request });
        var made = await ReadAsync(answer);
        Assert.Equal((HttpStatusCode.Created, Address(made)), (answer.StatusCode, answer.Headers.Location));
        return made;
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        var document = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(answer.IsSuccessStatusCode, document.ToString());
        return document;
    }

    private static async Task<List<Guid>> ListAsync(HttpClient client) =>
        [.. (await client.GetFromJsonAsync<JsonElement>("/api/templates")).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetGuid())];

    private static async Task<(HttpStatusCode Status, string? Title)> SaidAsync(HttpClient client, string verb, Guid id, string door)
    {
        using var request = new HttpRequestMessage(new HttpMethod(verb), $"/api/templates/{id}{door}");
        request.Content = verb == "PUT" ? JsonContent.Create(new { name = "" }) : null;
        var answer = await client.SendAsync(request);
        return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("title").GetString());
    }
}
