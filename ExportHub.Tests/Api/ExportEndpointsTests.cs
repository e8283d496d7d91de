using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ExportHub.Tests.Api;

public sealed class ExportEndpointsTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task An_accepted_export_says_where_to_follow_it_and_when()
    {
        var answer = await app.Client.PostAsJsonAsync("/api/exports", new { dataset = "orders", format = "csv" });

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var document = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var status = $"/api/exports/{document.GetProperty("id").GetGuid()}";
        Assert.Equal(status, answer.Headers.Location!.ToString());
        Assert.Equal(status, answer.Headers.GetValues("Operation-Location").Single());
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
        Assert.Equal(status + "?poll=1", document.GetProperty("poll").GetProperty("next").GetString());
    }

    [Fact]
    public async Task A_completed_export_downloads_whole_with_its_hash_as_tag()
    {
        var document = await app.ExportAsync(new { dataset = "orders", format = "csv", columns = new[] { "id", "note" } });

        Assert.Equal("completed", document.GetProperty("status").GetString());
        Assert.Equal(JsonValueKind.Null, document.GetProperty("poll").ValueKind);
        var download = document.GetProperty("download");
        var file = await app.Client.GetAsync(download.GetProperty("url").GetString());
        var bytes = await file.Content.ReadAsByteArrayAsync();
        Assert.Equal(download.GetProperty("bytes").GetInt64(), bytes.Length);
        Assert.Equal(download.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(bytes)));
        Assert.Equal($"\"{download.GetProperty("sha256").GetString()}\"", file.Headers.ETag!.ToString());
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition!.DispositionType);
        Assert.StartsWith("orders_", file.Content.Headers.ContentDisposition.FileNameStar ?? file.Content.Headers.ContentDisposition.FileName, StringComparison.Ordinal);
        Assert.Equal(1000, download.GetProperty("rows").GetInt64());
        Assert.StartsWith("id,note\r\n", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_second_export_of_its_kind_is_asked_for_when_it_is_likely_ready()
    {
        var request = new { dataset = "orders", format = "xlsx", columns = new[] { "id" } };
        await app.ExportAsync(request);

        var answer = await app.Client.PostAsJsonAsync("/api/exports", request);

        var poll = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("poll");
        Assert.InRange(poll.GetProperty("afterSeconds").GetDouble(), 1, 4.9);
    }

    [Fact]
    public async Task A_download_can_be_resumed()
    {
        var document = await app.ExportAsync(new { dataset = "orders", format = "jsonl" });
        var whole = await app.DownloadAsync(document);
        using var request = new HttpRequestMessage(HttpMethod.Get, document.GetProperty("download").GetProperty("url").GetString());
        request.Headers.Range = new RangeHeaderValue(100, null);
        request.Headers.IfRange = new RangeConditionHeaderValue(new EntityTagHeaderValue($"\"{document.GetProperty("download").GetProperty("sha256").GetString()}\""));

        var rest = await app.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.PartialContent, rest.StatusCode);
        Assert.Equal(whole[100..], await rest.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_status_that_did_not_change_is_not_sent_again()
    {
        var document = await app.ExportAsync(new { dataset = "orders", format = "json" });
        var address = $"/api/exports/{document.GetProperty("id").GetGuid()}";
        var first = await app.Client.GetAsync(address);
        using var request = new HttpRequestMessage(HttpMethod.Get, address + "?poll=7");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        var second = await app.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Empty(await second.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task The_same_key_and_request_give_the_same_export()
    {
        var key = Guid.NewGuid().ToString();
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => PostWithKeyAsync(key, new { dataset = "orders", format = "csv" })));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode));
        Assert.Single(answers.Select(answer => answer.Headers.Location!.ToString()).Distinct());
    }

    [Fact]
    public async Task The_same_key_with_another_request_is_refused()
    {
        var key = Guid.NewGuid().ToString();
        await PostWithKeyAsync(key, new { dataset = "orders", format = "csv" });

        var other = await PostWithKeyAsync(key, new { dataset = "orders", format = "xlsx" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
    }

    [Fact]
    public async Task History_is_newest_first_and_pages_by_its_last_item()
    {
        foreach (var limit in Enumerable.Range(1, 3))
        {
            await app.PostAsync(new { dataset = "orders", format = "csv", limit });
        }

        var first = await app.Client.GetFromJsonAsync<JsonElement>("/api/exports?size=2&dataset=orders");
        var second = await app.Client.GetFromJsonAsync<JsonElement>(first.GetProperty("next").GetString());

        var ids = first.GetProperty("items").EnumerateArray().Concat(second.GetProperty("items").EnumerateArray())
            .Select(item => item.GetProperty("id").GetString()!).ToList();
        Assert.Equal(ids.OrderDescending(StringComparer.Ordinal), ids);
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.InRange(ids.Count, 3, 4);
    }

    [Fact]
    public async Task History_is_searched_and_filtered_and_its_following_page_too()
    {
        foreach (var limit in Enumerable.Range(11, 3))
        {
            await app.ExportAsync(new { dataset = "orders", format = "csv", limit });
        }

        var today = DateTimeOffset.UtcNow;
        var query = $"/api/exports?q=rder&person=admin&from={today.AddDays(-1):yyyy-MM-dd}&to={today.AddDays(1):yyyy-MM-dd}&zone=Europe%2FBerlin&size=2";
        var first = await app.Client.GetFromJsonAsync<JsonElement>(query);
        var second = await app.Client.GetFromJsonAsync<JsonElement>(first.GetProperty("next").GetString());

        Assert.Equal(2, first.GetProperty("items").GetArrayLength());
        Assert.NotEqual(0, second.GetProperty("items").GetArrayLength());
        foreach (var nothing in new[] { "q=elephants", "person=bert", $"to={today.AddDays(-2):yyyy-MM-dd}" })
        {
            Assert.Equal(0, (await app.Client.GetFromJsonAsync<JsonElement>($"/api/exports?{nothing}")).GetProperty("items").GetArrayLength());
        }
    }

    [Fact]
    public async Task What_cannot_be_read_in_the_question_to_the_history_is_told_with_its_field()
    {
        var answer = await app.Client.GetAsync("/api/exports?from=yesterday&zone=Moon&before=x");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var errors = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors");
        Assert.Equal(["before", "from", "zone"], errors.EnumerateObject().Select(error => error.Name).Order());
    }

    [Theory]
    [InlineData("/api/exports/019ab000-0000-7000-8000-000000000000")]
    [InlineData("/api/exports/019ab000-0000-7000-8000-000000000000/file")]
    [InlineData("/api/exports/17")]
    [InlineData("/api/datasets/nothing")]
    [InlineData("/api/nothing")]
    public async Task What_does_not_exist_is_a_404_problem(string address)
    {
        var answer = await app.Client.GetAsync(address);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        await AssertProblemAsync(answer, 404);
    }

    [Fact]
    public async Task The_document_of_the_api_opens()
    {
        var document = await app.Client.GetFromJsonAsync<JsonElement>("/openapi/v1.json");

        Assert.True(document.GetProperty("paths").TryGetProperty("/api/exports/{id}", out _));
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task A_working_instance_is_healthy(string address) =>
        Assert.Equal("Healthy", await app.Client.GetStringAsync(address));

    internal static async Task<JsonElement> AssertProblemAsync(HttpResponseMessage answer, int status)
    {
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.NotEqual("", problem.GetProperty("traceId").GetString());
        Assert.DoesNotContain("   at ", problem.ToString(), StringComparison.Ordinal);
        return problem;
    }

    private Task<HttpResponseMessage> PostWithKeyAsync(string key, object request)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, "/api/exports") { Content = JsonContent.Create(request) };
        message.Headers.Add("Idempotency-Key", key);
        return app.Client.SendAsync(message);
    }
}
