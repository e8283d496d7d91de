using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ExportHub.Tests.Api;

/// <summary>The values of a column to pick from, as programs ask for them.</summary>
public sealed class ColumnValuesTests : IAsyncLifetime
{
    private readonly TestApp app = new();

    public Task InitializeAsync() => app.InitializeAsync();

    public Task DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Values_come_with_their_rows_and_what_is_not_whole_says_so()
    {
        await app.WriteDatasetAsync("slow", """
            { "title": "Slow", "key": ["id"], "rights": { "export": ["*"] }, "query": "SELECT n AS id, 'x'::text AS word FROM generate_series(1, 5) AS n WHERE pg_sleep(1) IS NOT NULL" }
            """);
        await app.WriteDatasetAsync("many", """
            { "title": "Many", "key": ["id"], "rights": { "export": ["*"] }, "query": "SELECT n AS id, 'same'::text AS word FROM generate_series(1, 150000) AS n" }
            """);

        var status = await ValuesAsync("orders", "status");
        Assert.Equal(["paid 334", "new 333", "shipped 333"], Items(status));
        Assert.Equal((0, 1000, true), Facts(status));

        var note = await ValuesAsync("orders", "note");
        Assert.Equal([" 250", "=1+1 250", "two\nlines, \"quoted\" 250"], Items(note).Order(StringComparer.Ordinal));
        Assert.Equal((250, 1000, true), Facts(note));

        var customers = await ValuesAsync("orders", "id");
        Assert.Equal(50, Items(customers).Count());
        Assert.Equal((0, 1000, false), Facts(customers));

        var many = await ValuesAsync("many", "word");
        Assert.Equal(["same 100000"], Items(many));
        Assert.Equal((0, 100_000, false), Facts(many));

        var watch = Stopwatch.StartNew();
        Assert.Equal((0, 0, false), Facts(await ValuesAsync("slow", "word")));
        // Five seconds would be the whole query; the bound is one, and the machine may be busy.
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(4));
    }

    [Theory]
    [InlineData("nothing", "status", HttpStatusCode.NotFound)]
    [InlineData("orders", "nothing", HttpStatusCode.NotFound)]
    [InlineData("orders", "ordered_at", HttpStatusCode.BadRequest)]
    public async Task What_cannot_be_picked_from_is_refused(string dataset, string column, HttpStatusCode status) =>
        Assert.Equal(status, (await app.Client.GetAsync(Address(dataset, column))).StatusCode);

    private static Uri Address(string dataset, string column) => new($"/api/datasets/{dataset}/columns/{column}/values", UriKind.Relative);

    private static IEnumerable<string> Items(JsonElement answer) =>
        answer.GetProperty("values").EnumerateArray().Select(item => $"{item.GetProperty("value").GetString()} {item.GetProperty("rows").GetInt64()}");

    private static (long Empty, long Rows, bool Complete) Facts(JsonElement answer) =>
        (answer.GetProperty("empty").GetInt64(), answer.GetProperty("rowsLookedAt").GetInt64(), answer.GetProperty("complete").GetBoolean());

    private async Task<JsonElement> ValuesAsync(string dataset, string column) => await app.Client.GetFromJsonAsync<JsonElement>(Address(dataset, column));
}

/// <summary>Who asks for values sees no other rows and columns than those of an export.</summary>
public sealed class ColumnValuesRightsTests(Access.RightsApp rights) : IClassFixture<Access.RightsApp>
{
    [Fact]
    public async Task Values_are_those_of_the_rows_and_columns_that_the_person_may_see()
    {
        Assert.Equal(["EU"], await RegionsAsync("anna"));
        Assert.Equal(["US", "EU"], await RegionsAsync("bert"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("anna", "iban"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("bert", "iban"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("bert", "secret"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("cleo", "region"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync("dora", "region"));
    }

    private static Uri Address(string column) => new($"/api/datasets/deals/columns/{column}/values", UriKind.Relative);

    private async Task<IEnumerable<string?>> RegionsAsync(string person)
    {
        var answer = await (await rights.AsAsync(person)).GetFromJsonAsync<JsonElement>(Address("region"));
        return answer.GetProperty("values").EnumerateArray().Select(item => item.GetProperty("value").GetString());
    }

    private async Task<HttpStatusCode> StatusAsync(string person, string column) => (await (await rights.AsAsync(person)).GetAsync(Address(column))).StatusCode;
}
