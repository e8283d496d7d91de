using System.Collections.Concurrent;
using System.Diagnostics;
using ExportHub.Tests.Access;
using ExportHub.Tests.Browser;

namespace ExportHub.Tests.Api;

/// <summary>What a poll costs the database, whoever asks and however.</summary>
public sealed class PollCostTests(AccessApp access) : IClassFixture<AccessApp>
{
    [Theory]
    [InlineData(true, "running")]
    [InlineData(false, "running")]
    [InlineData(true, "completed")]
    [InlineData(false, "completed")]
    [InlineData(false, "queued")]
    public async Task A_poll_is_one_query_by_primary_key(bool withToken, string status)
    {
        var export = await StagedExport.QueuedAsync(access.App);
        await (status == "running" ? export.RunningAsync(rows: 10, total: 100) : status == "completed" ? export.CompletedAsync() : Task.CompletedTask);
        var client = withToken ? access.App.NewClient() : await access.SignedInAsync("admin");

        // The first may ask who it is and what such exports usually take; the memory of that is made when the application starts.
        var asked = await Until.AnswerAsync(async () => await StatementsOfAsync(client, export) is { Count: 1 } one ? one : null, "a poll is one query");

        Assert.EndsWith("FROM exporthub.export WHERE id = @id AND (@SeesAll OR requested_by = @Name)", string.Join(' ', asked[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    /// <summary>The SQL that one poll sends, by the trace that it belongs to.</summary>
    private static async Task<IReadOnlyList<string>> StatementsOfAsync(HttpClient client, StagedExport export)
    {
        var trace = ActivityTraceId.CreateRandom();
        var statements = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Npgsql" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.Source.Name == "Npgsql" && activity.TraceId == trace && (activity.GetTagItem("db.query.text") ?? activity.GetTagItem("db.statement")) is string sql)
                {
                    statements.Enqueue(sql);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var poll = new HttpRequestMessage(HttpMethod.Get, $"/api/exports/{export.Id}?poll=3");
        poll.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01");
        (await client.SendAsync(poll)).EnsureSuccessStatusCode();
        return [.. statements];
    }
}
