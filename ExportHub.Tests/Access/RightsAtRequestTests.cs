using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ExportHub.Access;

namespace ExportHub.Tests.Access;

/// <summary>Rights where something is asked for.</summary>
public sealed class RightsAtRequestTests(RightsApp rights) : IClassFixture<RightsApp>
{
    [Theory]
    [InlineData("anna", "deals orders")]
    [InlineData("bert", "deals orders")]
    [InlineData("cleo", "orders")]
    [InlineData("dora", "deals orders")]
    public async Task The_list_holds_what_a_person_may_see(string name, string datasets) => Assert.Equal(datasets, await ListAsync(await rights.AsAsync(name)));

    [Fact]
    public async Task An_administrator_sees_also_what_says_nothing_of_rights() => Assert.Equal("deals orders silent", await ListAsync(rights.App.Client));

    [Theory]
    [InlineData("anna", "id region amount")]
    [InlineData("bert", "id region amount iban")]
    [InlineData("dora", "id region amount")]
    public async Task The_description_holds_the_columns_that_a_person_may_see(string name, string columns)
    {
        var details = await (await rights.AsAsync(name)).GetFromJsonAsync<JsonElement>("/api/datasets/deals");

        Assert.Equal(columns, string.Join(' ', details.GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("name").GetString())));
        Assert.DoesNotContain("user.region", details.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cleo", "deals")]
    [InlineData("anna", "silent")]
    public async Task What_may_not_be_seen_is_answered_like_what_does_not_exist(string name, string dataset)
    {
        var client = await rights.AsAsync(name);

        Assert.Equal(await SaidAsync(client.GetAsync(Api(dataset))), await SaidAsync(client.GetAsync(Api("nothing"))));
        Assert.Equal(
            await SaidAsync(RightsApp.PostAsync(client, new { dataset, format = "csv" })), await SaidAsync(RightsApp.PostAsync(client, new { dataset = "nothing", format = "csv" })));
        var browser = await rights.Access.SignedInAsync(name);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(new Uri($"/request/{dataset}", UriKind.Relative))).StatusCode);
        Assert.DoesNotContain($"/request/{dataset}", await browser.GetStringAsync(new Uri("/", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_only_look_is_refused_with_a_sentence()
    {
        var dora = await rights.AsAsync("dora");

        var (status, said) = await SaidAsync(RightsApp.PostAsync(dora, new { dataset = "deals", format = "csv" }));

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("You may see what deals holds, but not export it.", said, StringComparison.Ordinal);
        Assert.Contains("not_permitted", said, StringComparison.Ordinal);
        var page = await (await rights.Access.SignedInAsync("dora")).GetStringAsync(new Uri("/request/deals", UriKind.Relative));
        Assert.Contains("but not export it", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Start export", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "columns": ["id", "?"] }""", "columns[1]")]
    [InlineData("""{ "filters": [{ "column": "?", "op": "eq", "value": "iban-1" }] }""", "filters[0].column")]
    [InlineData("""{ "sort": [{ "column": "?" }] }""", "sort[0].column")]
    [InlineData("""{ "dateRange": { "column": "?", "from": "2026-01-01" } }""", "dateRange.column")]
    public async Task A_column_that_may_not_be_seen_is_answered_like_one_that_does_not_exist(string request, string field)
    {
        var anna = await rights.AsAsync("anna");
        async Task<string?> FaultAsync(string column)
        {
            var body = JsonSerializer.Deserialize<Dictionary<string, object>>(request.Replace("?", column, StringComparison.Ordinal))!;
            (body["dataset"], body["format"]) = ("deals", "csv");
            var answer = await RightsApp.PostAsync(anna, body);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").GetProperty(field)[0].GetString();
        }

        Assert.Equal(await FaultAsync("nothing"), await FaultAsync("iban"));
        Assert.Equal(await FaultAsync("nothing"), await FaultAsync("secret"));
    }

    [Fact]
    public async Task Only_the_own_rows_are_in_the_file_and_in_every_count()
    {
        var (anna, bert) = (await rights.AsAsync("anna"), await rights.AsAsync("bert"));

        var hers = await rights.CompletedAsync(anna, new { dataset = "deals", format = "csv", sort = new[] { new { column = "id" } } });
        var his = await rights.CompletedAsync(bert, new { dataset = "deals", format = "csv", sort = new[] { new { column = "id" } } });

        Assert.Equal(["1,EU,10", "5,EU,50"], await RightsApp.LinesAsync(anna, hers));
        Assert.Equal(5, (await RightsApp.LinesAsync(bert, his)).Length);
        Assert.Equal(2, hers.GetProperty("progress").GetProperty("totalRows").GetInt32());
        var rows = await RowsOfReceiptAsync(anna, hers);
        Assert.Equal((2, 2), (rows.GetProperty("selected").GetInt32(), rows.GetProperty("counted").GetInt32()));
        Assert.Equal("Only rows that anna may see", rows.GetProperty("rule").GetString());
        Assert.Equal(JsonValueKind.Null, (await RowsOfReceiptAsync(bert, his)).GetProperty("rule").ValueKind);
    }

    [Fact]
    public async Task The_row_filter_does_not_bind_an_administrator()
    {
        var end = await rights.App.ExportAsync(new { dataset = "deals", format = "csv", columns = new[] { "iban" } });

        Assert.Equal(5, end.GetProperty("progress").GetProperty("rows").GetInt32());
    }

    [Fact]
    public async Task A_token_without_the_scope_gets_no_more_in_the_background_than_it_may_ask_for()
    {
        var careful = await rights.Access.WithTokenAsync(FirstAdministrator.Name, Scopes.Export);

        Assert.Equal("orders", await ListAsync(careful));
        var export = await rights.CompletedAsync(careful, new { dataset = "orders", format = "csv", limit = 1 });

        Assert.Equal(
            0, await rights.App.Database.CountAsync($"SELECT count(*) FROM exporthub.export WHERE id = '{export.GetProperty("id").GetGuid()}' AND as_administrator"));
    }

    [Fact]
    public async Task A_role_has_its_own_row_limit()
    {
        var (anna, bert) = (await rights.AsAsync("anna"), await rights.AsAsync("bert"));

        var (status, said) = await SaidAsync(RightsApp.PostAsync(anna, new { dataset = "deals", format = "csv", limit = 4 }));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("Give a number of rows from 1 to 3.", said, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Accepted, (await RightsApp.PostAsync(bert, new { dataset = "deals", format = "csv", limit = 4 })).StatusCode);
    }

    [Fact]
    public async Task Turning_off_the_formula_guard_is_a_right()
    {
        var (anna, bert) = (await rights.AsAsync("anna"), await rights.AsAsync("bert"));
        var request = new { dataset = "deals", format = "csv", options = new { formulaGuard = false } };

        var (status, said) = await SaidAsync(RightsApp.PostAsync(anna, request));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("You may not export this dataset without the formula guard.", said, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Accepted, (await RightsApp.PostAsync(bert, request)).StatusCode);
    }

    [Theory]
    [InlineData("owner")]
    [InlineData("requestedBy")]
    [InlineData("asAdministrator")]
    [InlineData("tenant")]
    [InlineData("status")]
    [InlineData("attributes")]
    [InlineData("scope")]
    [InlineData("rowFilter")]
    public async Task Nobody_widens_it_by_a_field_that_a_request_does_not_have(string field)
    {
        var anna = await rights.AsAsync("anna");

        var answer = await RightsApp.PostAsync(anna, new Dictionary<string, object> { ["dataset"] = "deals", ["format"] = "csv", [field] = "US" });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Who_lacks_an_attribute_is_told_which_instead_of_getting_all_rows_or_none()
    {
        await rights.Access.AddAsync("emil", "sales");
        var emil = await rights.AsAsync("emil");

        var (status, said) = await SaidAsync(RightsApp.PostAsync(emil, new { dataset = "deals", format = "csv" }));

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("Your account has no value for region, which this dataset needs; an administrator can add it under People.", said, StringComparison.Ordinal);
        var page = await (await rights.Access.SignedInAsync("emil")).GetStringAsync(new Uri("/request/deals", UriKind.Relative));
        Assert.Contains("Your account has no value for region", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_offers_only_what_the_person_may_use()
    {
        var anna = await (await rights.Access.SignedInAsync("anna")).GetStringAsync(new Uri("/request/deals", UriKind.Relative));
        var bert = await (await rights.Access.SignedInAsync("bert")).GetStringAsync(new Uri("/request/deals", UriKind.Relative));

        Assert.DoesNotContain("IBAN", anna, StringComparison.Ordinal);
        Assert.DoesNotContain("type=\"checkbox\" id=\"formula-guard\"", anna, StringComparison.Ordinal);
        Assert.Contains("This dataset gives up to 3 rows.", anna, StringComparison.Ordinal);
        Assert.Contains("IBAN", bert, StringComparison.Ordinal);
        Assert.Contains("type=\"checkbox\" id=\"formula-guard\"", bert, StringComparison.Ordinal);
    }

    private static Uri Api(string dataset) => new($"/api/datasets/{dataset}", UriKind.Relative);

    private static async Task<string> ListAsync(HttpClient client) =>
        string.Join(' ', (await client.GetFromJsonAsync<JsonElement>("/api/datasets")).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString()));

    private static async Task<JsonElement> RowsOfReceiptAsync(HttpClient client, JsonElement export) =>
        (await client.GetFromJsonAsync<JsonElement>($"/api/exports/{export.GetProperty("id").GetGuid()}/receipt")).GetProperty("rows");

    /// <summary>Status and body without the address and the trace.</summary>
    private static async Task<(HttpStatusCode Status, string Said)> SaidAsync(Task<HttpResponseMessage> asked)
    {
        var answer = await asked;
        var members = (await answer.Content.ReadFromJsonAsync<JsonElement>()).EnumerateObject().Where(member => member.Name is not ("instance" or "traceId"));
        return (answer.StatusCode, string.Join('\n', members.Select(member => $"{member.Name}: {member.Value}")));
    }
}
