using System.Globalization;

namespace ExportHub.Benchmarks.Cases;

/// <summary>What following exports costs the server: polls as fast as they go beside an answer that never changes, and thousands of clients that wait as they are told.</summary>
internal static class PollCase
{
    private const int Rounds = 5;
    private const int Exports = 200;

    private static readonly TimeSpan Burst = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(30);

    public static async IAsyncEnumerable<Figure> MeasureAsync(Stage stage)
    {
        await using var app = await stage.StartAppAsync(App.Unlimited);
        await app.ExportAsync(stage.Tables.Thousand, "csv");
        await app.DrainAsync();
        var waiting = new List<string>();
        for (var n = 0; n < Exports; n++)
        {
            waiting.Add(await app.RequestAsync(stage.Tables.Thousand, "csv"));
        }

        yield return await BurstAsync(stage, app, $"/api/exports/{app.Last}?poll=3", "of an export that is completed");
        yield return await BurstAsync(stage, app, waiting[0], "of an export that waits");
        foreach (var clients in new[] { 1_000, 10_000 })
        {
            yield return await CrowdAsync(stage, app, waiting, clients);
        }
    }

    private static async Task<Figure> BurstAsync(Stage stage, App app, string status, string which)
    {
        var (constant, polls) = (new List<double>(), new List<double>());
        for (var round = -1; round < Rounds; round++)
        {
            var still = await app.BurstAsync("/health/live", Burst);
            var moving = await app.BurstAsync(status, Burst);
            if (round >= 0)
            {
                constant.Add(still);
                polls.Add(moving);
            }
        }

        return new Figure($"polls a second {which}, against an endpoint that answers a constant", $"{Spell(polls)} / {Spell(constant)}", Middle(polls) / Middle(constant), Figure.Ratio, new Target(0.35, AtLeast: true));
    }

    private static async Task<Figure> CrowdAsync(Stage stage, App app, IReadOnlyList<string> addresses, int clients)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stage.Stopping);
        var crowd = new Crowd(app, addresses);
        var following = crowd.FollowAsync(clients, over.Token);
        var before = app.CpuSeconds;
        await Task.Delay(Watched, stage.Stopping);
        var (cores, connections) = ((app.CpuSeconds - before) / Watched.TotalSeconds, await ConnectionsAsync(stage));
        await over.CancelAsync();
        await following;
        return new Figure(
            $"{clients:N0} clients that wait as they are told, for {Watched.TotalSeconds:0} s: cores used by the application",
            string.Create(CultureInfo.InvariantCulture, $"{crowd.Answers / Watched.TotalSeconds:0} polls a second, {crowd.Failures} failed, {connections} connections to PostgreSQL"),
            cores,
            "0.00");
    }

    private static async Task<long> ConnectionsAsync(Stage stage)
    {
        await using var command = stage.Pool.CreateCommand("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()");
        return (long)(await command.ExecuteScalarAsync(stage.Stopping))!;
    }

    private static double Middle(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string Spell(List<double> rates) => string.Create(CultureInfo.InvariantCulture, $"{Middle(rates):0} ({rates.Min():0}–{rates.Max():0})");
}
