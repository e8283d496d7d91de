using ExportHub.Jobs;

namespace ExportHub.Benchmarks.Cases;

/// <summary>How long somebody waits for a file that is small, on a server that has nothing else to do.</summary>
internal static class SmallExportCase
{
    private const int Runs = 20;
    private const int WarmUps = 5;

    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(2);

    // An engine that has just run a job may look for the next one sooner than one that has been idle.
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);

    public static async IAsyncEnumerable<Figure> MeasureAsync(Stage stage)
    {
        foreach (var engine in JobsOptions.Compiled)
        {
            await using var app = await stage.StartAppAsync(("Jobs:Engine", engine));
            var times = new List<TimeSpan>();
            for (var run = -WarmUps; run < Runs; run++)
            {
                await Task.Delay(Idle, stage.Stopping);
                var export = await app.ExportAsync(stage.Tables.Thousand, "csv", askEvery: AskEvery);
                File.Delete(export.File);
                times.AddRange(run >= 0 ? [export.Seen] : []);
            }

            var seen = new Times(times);
            yield return new Figure(
                $"{engine}: POST to completed, {stage.Tables.Thousand.Rows:N0} rows, as seen by a client that asks every {AskEvery.TotalMilliseconds} ms",
                seen.InMilliseconds(),
                seen.Median * 1000,
                "0 ms",
                new Target(150));
        }
    }
}
