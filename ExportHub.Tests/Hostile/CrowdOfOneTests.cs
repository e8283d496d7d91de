using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using ExportHub.Access;
using ExportHub.Access.Safeguards;
using ExportHub.Tests.Access;
using Xunit.Abstractions;

namespace ExportHub.Tests.Hostile;

/// <summary>One person asks as often as a thousand would, under the limits that are set by default. Another goes on meanwhile.</summary>
public sealed class CrowdOfOneTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int AtOnce = 8;

    private readonly AccessApp access = new();

    public Task InitializeAsync()
    {
        var limits = new LimitsOptions();
        foreach (var kind in Enum.GetValues<LimitKind>())
        {
            access.App.With($"{LimitsOptions.Section}:{kind}PerMinute", $"{limits.PerMinute(kind)}");
        }

        return access.InitializeAsync();
    }

    public Task DisposeAsync() => access.DisposeAsync();

    [Theory]
    [InlineData("1,000 exports asked for", "POST", 1_000, nameof(LimitKind.Create), 20)]
    [InlineData("2,000 polls", "GET", 2_000, nameof(LimitKind.Poll), 100)]
    public async Task The_one_is_told_to_wait_and_the_other_does_not_notice(string what, string method, int times, string kind, int others)
    {
        var (anna, bert) = (await access.WithTokenAsync("anna", Scopes.Export), await access.WithTokenAsync("bert", Scopes.Export));
        var since = Stopwatch.GetTimestamp();

        var crowd = Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
        {
            var mine = new List<(HttpStatusCode Status, TimeSpan? Wait)>();
            for (var n = 0; n < times / AtOnce; n++)
            {
                mine.Add(await AskAsync(anna, method));
            }

            return mine;
        }));
        var meanwhile = new List<HttpStatusCode>();
        for (var n = 0; n < others; n++)
        {
            meanwhile.Add((await AskAsync(bert, method)).Status);
        }

        var answers = (await crowd).SelectMany(mine => mine).ToList();
        var took = Stopwatch.GetElapsedTime(since);
        var refused = answers.Where(answer => answer.Status == HttpStatusCode.TooManyRequests).ToList();
        output.WriteLine($"{what} in {took.TotalSeconds:0.0} s: {answers.Count - refused.Count} let through, {refused.Count} refused with 429; of {others} of somebody else {meanwhile.Count(status => status == HttpStatusCode.TooManyRequests)} refused");
        var perMinute = new LimitsOptions().PerMinute(Enum.Parse<LimitKind>(kind));
        Assert.InRange(answers.Count - refused.Count, perMinute, perMinute * (1 + took.TotalMinutes) + 1);
        Assert.All(refused, answer => Assert.InRange(answer.Wait!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)));
        Assert.DoesNotContain(answers, answer => (int)answer.Status >= 500);
        Assert.DoesNotContain(HttpStatusCode.TooManyRequests, meanwhile);
    }

    /// <summary>What is asked for does not exist, because it is the door that is looked at.</summary>
    private static async Task<(HttpStatusCode Status, TimeSpan? Wait)> AskAsync(HttpClient client, string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), method == "POST" ? "/api/exports" : "/api/exports/0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a");
        request.Content = method == "POST" ? JsonContent.Create(new { dataset = "nowhere", format = "csv" }) : null;
        using var answer = await client.SendAsync(request);
        return (answer.StatusCode, answer.Headers.RetryAfter?.Delta);
    }
}
