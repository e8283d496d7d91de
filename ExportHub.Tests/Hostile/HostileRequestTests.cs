using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ExportHub.Access;
using ExportHub.Tests.Access;

namespace ExportHub.Tests.Hostile;

/// <summary>Requests of a business user who tries what a request can be bent to. Refused with its field, or taken literally; nothing runs, nothing breaks.</summary>
public sealed class HostileRequestTests(AccessApp access) : IClassFixture<AccessApp>
{
    private static readonly TimeSpan Promptly = TimeSpan.FromSeconds(30);

    /// <summary>Where a request names something, with the field that must be blamed.</summary>
    private static readonly IReadOnlyList<(string Field, Func<string, object> Request)> Names =
    [
        ("dataset", attack => new { dataset = attack, format = "csv" }),
        ("format", attack => new { dataset = "orders", format = attack }),
        ("columns[0]", attack => new { dataset = "orders", format = "csv", columns = new[] { attack } }),
        ("sort[0].column", attack => new { dataset = "orders", format = "csv", sort = new[] { new { column = attack } } }),
        ("filters[0].column", attack => new { dataset = "orders", format = "csv", filters = new[] { new { column = attack, op = "eq", value = 1 } } }),
        ("filters[0].op", attack => new { dataset = "orders", format = "csv", filters = new[] { new { column = "id", op = attack, value = 1 } } }),
        ("dateRange.column", attack => new { dataset = "orders", format = "csv", dateRange = new { column = attack, from = "2026-01-01" } }),
        ("timeZone", attack => new { dataset = "orders", format = "csv", timeZone = attack }),
    ];

    public static TheoryData<string, string> NamedAttacks
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var (place, _) in Names)
            {
                foreach (var attack in Attacks.Sql)
                {
                    all.Add(place, attack);
                }
            }

            return all;
        }
    }

    public static TheoryData<string> Values => [.. Attacks.Sql, "(a+)+$", "^(([a-z])+.)+[A-Z]([a-z])+$", new string('a', 10_000), new string('%', 10_000), "\u202E", "😀", "=cmd|' /C calc'!A0"];

    public static TheoryData<string, string> Edges => new()
    {
        { "limit", """{"dataset":"orders","format":"csv","limit":-1}""" },
        { "limit", """{"dataset":"orders","format":"csv","limit":0}""" },
        { "limit", """{"dataset":"orders","format":"csv","limit":9e99}""" },
        { "limit", """{"dataset":"orders","format":"csv","limit":9223372036854775808}""" },
        { "limit", """{"dataset":"orders","format":"csv","limit":"1; DROP TABLE orders"}""" },
        { "limit", """{"dataset":"orders","format":"csv","limit":1.5}""" },
        { "limit", """{"dataset":"orders","format":"csv","limit":[1]}""" },
        { "sort[0].descending", """{"dataset":"orders","format":"csv","sort":[{"column":"id","descending":"ASC NULLS FIRST, (select pg_sleep(60))"}]}""" },
        { "sort[0].descending", """{"dataset":"orders","format":"csv","sort":[{"column":"id","descending":1}]}""" },
        { "sort[0].direction", """{"dataset":"orders","format":"csv","sort":[{"column":"id","direction":"DESC; DROP TABLE orders"}]}""" },
        { "dateRange.from", """{"dataset":"orders","format":"csv","dateRange":{"from":"0000-00-00"}}""" },
        { "dateRange.from", """{"dataset":"orders","format":"csv","dateRange":{"from":"10000-01-01"}}""" },
        { "dateRange.from", """{"dataset":"orders","format":"csv","dateRange":{"from":"2026-02-30"}}""" },
        { "dateRange.from", """{"dataset":"orders","format":"csv","dateRange":{"from":"9999-12-31","to":"0001-01-01"}}""" },
        { "dateRange.from", """{"dataset":"orders","format":"csv","dateRange":{"from":"infinity"}}""" },
        { "dateRange.from", """{"dataset":"orders","format":"csv","dateRange":{"from":"now()"}}""" },
        { "dateRange.to", """{"dataset":"orders","format":"csv","dateRange":{"to":"2026-01-01'::date"}}""" },
        { "filters[0].value", """{"dataset":"orders","format":"csv","filters":[{"column":"id","op":"eq","value":99999999999999999999}]}""" },
        { "filters[0].value", $$"""{"dataset":"orders","format":"csv","filters":[{"column":"customer","op":"eq","value":"{{new string('a', 10_001)}}"}]}""" },
        { "filters[0].value", """{"dataset":"orders","format":"csv","filters":[{"column":"amount","op":"eq","value":{"$gt":0}}]}""" },
        { "filters[0].value", """{"dataset":"orders","format":"csv","filters":[{"column":"customer","op":"eq","value":"a\u0000b"}]}""" },
        { "filters[0].value", """{"dataset":"orders","format":"csv","filters":[{"column":"customer","op":"in","value":[]}]}""" },
        { "filters[0].op", """{"dataset":"orders","format":"csv","filters":[{"column":"customer","op":"~","value":"(a+)+$"}]}""" },
        { "options.nullText", """{"dataset":"orders","format":"csv","options":{"nullText":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}}""" },
        { "options.rowsPerFile", """{"dataset":"orders","format":"csv","options":{"rowsPerFile":1}}""" },
        { "options.delimiter", """{"dataset":"orders","format":"csv","options":{"delimiter":"\""}}""" },
        { "options.delimiter", """{"dataset":"orders","format":"csv","options":{"delimiter":"\n"}}""" },
        { "options.culture", """{"dataset":"orders","format":"csv","options":{"profile":"excel","culture":"../../etc/passwd"}}""" },
        { "options.dateFormat", """{"dataset":"orders","format":"csv","options":{"dateFormat":"yyyy'; DROP TABLE orders; --"}}""" },
        { "timeZone", """{"dataset":"orders","format":"csv","timeZone":"../../../etc/passwd"}""" },
        { "timeZone", """{"dataset":"orders","format":"csv","timeZone":"/etc/localtime"}""" },
    };

    /// <summary>What only the service itself says of an export.</summary>
    public static TheoryData<string> OverPosted =>
    [
        "owner", "requestedBy", "requested_by", "tenant", "tenantId", "status", "attempt", "id", "lane", "held", "scope", "roles", "rowFilter", "attributes", "fileKey", "source", "query", "raw", "__proto__",
    ];

    [Theory]
    [MemberData(nameof(NamedAttacks))]
    public async Task Sql_where_a_name_is_wanted_is_refused_and_names_the_field(string field, string attack)
    {
        var errors = await RefusedAsync(JsonSerializer.Serialize(Names.Single(name => name.Field == field).Request(attack)));

        Assert.True(errors.TryGetProperty(field, out _), $"no {field} in {errors}");
    }

    [Theory]
    [MemberData(nameof(Values))]
    public async Task Whatever_is_a_value_is_compared_as_it_stands(string value)
    {
        var document = await access.App.ExportAsync(new { dataset = "orders", format = "jsonl", filters = new[] { new { column = "customer", op = "contains", value } } }).WaitAsync(Promptly);

        Assert.Equal(("completed", 0), (document.GetProperty("status").GetString(), document.GetProperty("download").GetProperty("rows").GetInt64()));
    }

    [Theory]
    [MemberData(nameof(Edges))]
    public async Task What_is_beyond_an_edge_is_refused_and_names_the_field(string field, string body)
    {
        var errors = await RefusedAsync(body);

        Assert.Contains(errors.EnumerateObject(), error => error.Name == field);
    }

    [Theory]
    [MemberData(nameof(OverPosted))]
    public async Task What_only_the_service_says_of_an_export_nobody_can_send(string field)
    {
        await RefusedAsync($$"""{"dataset":"orders","format":"csv","{{field}}":"admin"}""");
        await RefusedAsync($$$"""{"dataset":"orders","format":"csv","options":{"{{{field}}}":"admin"}}""");
    }

    [Theory]
    [InlineData("twice the same field", """{"dataset":"orders","dataset":"customers","format":"csv"}""", 400)]
    [InlineData("a comment", """{"dataset":"orders",/* */"format":"csv"}""", 400)]
    [InlineData("a trailing comma", """{"dataset":"orders","format":"csv",}""", 400)]
    [InlineData("two documents", """{"dataset":"orders","format":"csv"}{"dataset":"orders","format":"csv"}""", 400)]
    [InlineData("an array", """[{"dataset":"orders","format":"csv"}]""", 400)]
    [InlineData("half a surrogate", """{"dataset":"orders","format":"csv","filters":[{"column":"note","op":"eq","value":"\ud800"}]}""", 400)]
    [InlineData("a type to be made", """{"$type":"System.Diagnostics.Process","dataset":"orders","format":"csv"}""", 400)]
    [InlineData("an external entity", """<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>""", 400)]
    public async Task Json_that_is_more_or_less_than_a_request_is_refused(string what, string body, int status)
    {
        using var answer = await PostAsync(body);

        Assert.True((int)answer.StatusCode == status, $"{what}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        await AssertNothingToldAsync(answer);
    }

    [Theory]
    [InlineData("[", 1_000)]
    [InlineData("{\"a\":", 1_000)]
    [InlineData("[", 400_000)]
    public async Task Json_that_is_nested_deeply_is_refused_and_nothing_overflows(string opening, int times)
    {
        using var answer = await PostAsync($$"""{"dataset":"orders","format":"csv","filters":{{string.Concat(Enumerable.Repeat(opening, times))}}""");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        await AssertNothingToldAsync(answer);
    }

    [Theory]
    [InlineData("filters", """{"column":"id","op":"eq","value":1}""", 10_000)]
    [InlineData("sort", """{"column":"id"}""", 10_000)]
    [InlineData("columns", "\"id\"", 100_000)]
    public async Task Ten_thousand_of_a_thing_are_one_fault(string field, string one, int times)
    {
        var errors = await RefusedAsync($$"""{"dataset":"orders","format":"csv","{{field}}":[{{string.Join(',', Enumerable.Repeat(one, times))}}]}""");

        Assert.InRange(errors.EnumerateObject().Count(), 1, 20);
    }

    [Theory]
    [InlineData("status", "' OR 1=1 --")]
    [InlineData("before", "' OR 1=1 --")]
    [InlineData("size", "many")]
    [InlineData("size", "2147483648")]
    [InlineData("size", "1; DROP TABLE orders")]
    public async Task The_history_takes_no_nonsense(string parameter, string value)
    {
        using var answer = await (await AnnaAsync()).GetAsync($"/api/exports?{parameter}={Uri.EscapeDataString(value)}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        await AssertNothingToldAsync(answer);
    }

    private async Task<JsonElement> RefusedAsync(string body)
    {
        using var answer = await PostAsync(body);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();

        Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, problem.ToString());
        await AssertNothingToldAsync(answer);
        return problem.GetProperty("errors");
    }

    private async Task<HttpResponseMessage> PostAsync(string body) =>
        await (await AnnaAsync()).PostAsync(new Uri("/api/exports", UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"));

    private static async Task AssertNothingToldAsync(HttpResponseMessage answer)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotMatch(@"   at |Exception|SqlState|Npgsql|\.cs:", await answer.Content.ReadAsStringAsync());
    }

    private Task<HttpClient> AnnaAsync() => access.WithTokenAsync("anna", Scopes.Export);
}
