using System.Net;
using System.Net.Http.Json;
using ExportHub.Access;
using ExportHub.Access.Safeguards;
using ExportHub.Tests.Pages;

namespace ExportHub.Tests.Access.Safeguards;

/// <summary>One person asks too often; the others do not notice.</summary>
public sealed class RateLimitsTests : IAsyncLifetime
{
    private const int Limit = 5;

    private readonly AccessApp access = new();

    public async Task InitializeAsync()
    {
        foreach (var kind in new[] { LimitKind.Create, LimitKind.Poll, LimitKind.Download, LimitKind.Other })
        {
            access.App.With($"{LimitsOptions.Section}:{kind}PerMinute", $"{Limit}");
        }

        await access.InitializeAsync();
    }

    public Task DisposeAsync() => access.DisposeAsync();

    [Theory]
    [InlineData("POST", "/api/exports")]
    [InlineData("POST", "/api/exports/0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a/retry")]
    [InlineData("GET", "/api/exports/0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a")]
    [InlineData("GET", "/api/exports/0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a/file")]
    [InlineData("GET", "/api/datasets")]
    public async Task The_one_is_told_how_long_to_wait_and_the_other_goes_on(string method, string address)
    {
        var (anna, bert) = (await access.WithTokenAsync("anna", Scopes.Export), await access.WithTokenAsync("bert", Scopes.Export));

        var answers = new List<HttpResponseMessage>();
        for (var n = 0; n < 3 * Limit; n++)
        {
            answers.Add(await SendAsync(anna, method, address));
        }

        Assert.All(answers.Take(Limit), answer => Assert.NotEqual(HttpStatusCode.TooManyRequests, answer.StatusCode));
        var refused = answers.Where(answer => answer.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        Assert.NotEmpty(refused);
        Assert.All(refused, answer => Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)));
        Assert.Contains("too much at once", await refused[0].Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.TooManyRequests, (await SendAsync(bert, method, address)).StatusCode);
    }

    [Fact]
    public async Task On_a_page_it_is_said_in_words()
    {
        var anna = await access.WithTokenAsync("anna", Scopes.Export);

        var answer = await Until.AnswerAsync(async () => await anna.GetAsync("/exports") is { StatusCode: HttpStatusCode.TooManyRequests } refused ? refused : null, "429");

        Assert.Equal("That was a lot at once", (await answer.HtmlAsync()).QuerySelector("h1")!.TextContent);
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    [Fact]
    public async Task Health_is_answered_always()
    {
        for (var n = 0; n < 3 * Limit; n++)
        {
            Assert.Equal(HttpStatusCode.OK, (await access.NewClient().GetAsync("/health/live")).StatusCode);
        }
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string method, string address)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        request.Content = method == "POST" ? JsonContent.Create(new { dataset = "nowhere", format = "csv" }) : null;
        return await client.SendAsync(request);
    }
}
