using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace ExportHub.Tests.Api;

/// <summary>Every fault is answered with the field it is in and what is allowed there, and nothing is accepted.</summary>
public sealed class BadInputTests(TestApp app) : IClassFixture<TestApp>
{
    public static TheoryData<string, string, string> Faults => new()
    {
        { """{"dataset":"nothing","format":"csv"}""", "dataset", "orders" },
        { """{"format":"csv"}""", "dataset", "orders" },
        { """{"dataset":"orders"}""", "format", "csv, xlsx, json" },
        { """{"dataset":"orders","format":"pdf"}""", "format", "csv, xlsx, json" },
        { """{"dataset":"orders","format":"csv","columns":["id","nothing"]}""", "columns[1]", "ordered_at" },
        { """{"dataset":"orders","format":"csv","columns":["id; DROP TABLE orders"]}""", "columns[0]", "ordered_at" },
        { """{"dataset":"orders","format":"csv","filters":[{"column":"nothing","op":"eq","value":1}]}""", "filters[0].column", "ordered_at" },
        { """{"dataset":"orders","format":"csv","filters":[{"column":"id","op":"like","value":1}]}""", "filters[0].op", "between" },
        { """{"dataset":"orders","format":"csv","filters":[{"column":"amount","op":"gte","value":"much"}]}""", "filters[0].value", "number" },
        { """{"dataset":"orders","format":"csv","filters":[{"column":"id","op":"eq","value":1.5}]}""", "filters[0].value", "whole" },
        { """{"dataset":"orders","format":"csv","filters":[{"column":"status","op":"eq","value":"lost"}]}""", "filters[0].value", "shipped" },
        { """{"dataset":"orders","format":"csv","filters":[{"column":"due_on","op":"eq","value":"31.01.2026"}]}""", "filters[0].value", "2026-01-31" },
        { """{"dataset":"orders","format":"csv","filters":[{"column":"customer","op":"eq","value":"a\u0000b"}]}""", "filters[0].value", "NUL" },
        { """{"dataset":"orders","format":"csv","dateRange":{"from":"2026-02-01","to":"2026-01-01"}}""", "dateRange.from", "" },
        { """{"dataset":"orders","format":"csv","dateRange":{"from":"2026-02-01","to":"2026-02-01"}}""", "dateRange.from", "" },
        { """{"dataset":"orders","format":"csv","dateRange":{"relative":"last_century"}}""", "dateRange.relative", "previous_month" },
        { """{"dataset":"orders","format":"csv","sort":[{"column":"(select pg_sleep(10))"}]}""", "sort[0].column", "ordered_at" },
        { """{"dataset":"orders","format":"csv","limit":0}""", "limit", "1" },
        { """{"dataset":"orders","format":"csv","limit":-1}""", "limit", "1" },
        { """{"dataset":"orders","format":"csv","limit":1000000000000}""", "limit", "1" },
        { """{"dataset":"orders","format":"csv","limit":9e99}""", "limit", "" },
        { """{"dataset":"orders","format":"csv","timeZone":"Mars/Olympus"}""", "timeZone", "" },
        { """{"dataset":"orders","format":"csv","options":{"delimiter":"x"}}""", "options.delimiter", ";" },
        { """{"dataset":"orders","format":"csv","surprise":1}""", "surprise", "" },
        { """{"dataset":"orders","format":"csv" """, "$", "" },
        { "null", "$", "" },
        { "", "$", "" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_names_its_field_and_what_is_allowed(string body, string field, string allowed)
    {
        var problem = await PostAsync(body, 400);

        var errors = problem.GetProperty("errors");
        Assert.True(errors.TryGetProperty(field, out var messages), $"no '{field}' in {errors}");
        Assert.Contains(allowed, messages.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task All_faults_are_told_at_once()
    {
        var problem = await PostAsync("""{"dataset":"orders","format":"pdf","limit":0,"columns":["x"],"sort":[{"column":"y"}]}""", 400);

        Assert.Equal(["columns[0]", "format", "limit", "sort[0].column"], problem.GetProperty("errors").EnumerateObject().Select(e => e.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Ten_thousand_filters_are_one_fault()
    {
        var filters = string.Join(',', Enumerable.Repeat("""{"column":"id","op":"eq","value":1}""", 10_000));

        var problem = await PostAsync($$"""{"dataset":"orders","format":"csv","filters":[{{filters}}]}""", 400);

        Assert.Equal("filters", Assert.Single(problem.GetProperty("errors").EnumerateObject()).Name);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Five_megabytes_are_too_many(bool chunked)
    {
        var body = new byte[5 * 1024 * 1024];
        body.AsSpan().Fill((byte)' ');
        using HttpContent content = chunked ? new StreamContent(new MemoryStream(body)) : new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/exports") { Content = content };
        request.Headers.TransferEncodingChunked = chunked;

        await ExportEndpointsTests.AssertProblemAsync(await app.Client.SendAsync(request), 413);
    }

    [Fact]
    public async Task Deep_nesting_is_a_fault_and_no_crash() =>
        await PostAsync("""{"dataset":"orders","format":"csv","filters":""" + new string('[', 1000) + new string(']', 1000) + "}", 400);

    [Fact]
    public async Task A_body_that_is_not_json_is_refused()
    {
        using var content = new StringContent("dataset=orders", Encoding.UTF8, "application/x-www-form-urlencoded");

        await ExportEndpointsTests.AssertProblemAsync(await app.Client.PostAsync("/api/exports", content), 415);
    }

    [Theory]
    [InlineData("' OR 1=1 --")]
    [InlineData("'; DROP TABLE orders; --")]
    [InlineData("%")]
    [InlineData("_")]
    [InlineData("\\")]
    public async Task Sql_in_a_value_is_text(string value)
    {
        var document = await app.ExportAsync(new
        {
            dataset = "orders", format = "jsonl", filters = new[] { new { column = "note", op = "contains", value } },
        });

        Assert.Equal("completed", document.GetProperty("status").GetString());
        Assert.Equal(0, document.GetProperty("download").GetProperty("rows").GetInt64());
        await app.Database.ExecuteAsync("DELETE FROM exporthub.export");
    }

    [Theory]
    [InlineData("/api/exports?status=lost", "status")]
    public async Task A_fault_in_the_address_names_its_field(string address, string field)
    {
        var problem = await ExportEndpointsTests.AssertProblemAsync(await app.Client.GetAsync(address), 400);

        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _));
    }

    [Theory]
    [InlineData("/api/exports?before=x")]
    [InlineData("/api/exports?size=many")]
    public async Task A_value_that_cannot_be_read_is_a_400_problem(string address) =>
        await ExportEndpointsTests.AssertProblemAsync(await app.Client.GetAsync(address), 400);

    private async Task<JsonElement> PostAsync(string body, int status)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await ExportEndpointsTests.AssertProblemAsync(await app.Client.PostAsync("/api/exports", content), status);
    }

    private async Task<long> CountAsync()
    {
        await using var command = app.Database.Pool.CreateCommand("SELECT count(*) FROM exporthub.export");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
