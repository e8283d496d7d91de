namespace ExportHub.Benchmarks.Cases;

/// <summary>Nothing may depend on the number of rows: neither the pace nor the memory.</summary>
internal static class FlatCase
{
    private const int MostRounds = 3;
    private const string Megabytes = "0 MB";

    private static readonly (string Format, string Compression)[] Kinds = [("csv", "none"), ("jsonl", "none"), ("xlsx", "none"), ("csv", "gzip")];

    public static async IAsyncEnumerable<Figure> MeasureAsync(Stage stage)
    {
        var highest = 0.0;
        foreach (var (format, compression) in Kinds)
        {
            // A fresh process for each, because a peak never comes down again.
            await using var app = await stage.StartAppAsync();
            var kind = compression == "none" ? format : $"{compression} {format}";
            var (once, tenfold) = (stage.Tables.Once, stage.Tables.Tenfold);
            await Laps.InterleaveAsync(MostRounds, () => app.RunAsync(once, format, compression));
            var peak = app.PeakMegabytes;

            var laps = await Laps.InterleaveAsync(
                Math.Min(stage.Options.Rounds, MostRounds), warmUps: 0, () => app.RunAsync(once, format, compression), () => app.RunAsync(tenfold, format, compression));
            var (pace, slower) = (once.Rows / laps[0].Done.Median, tenfold.Rows / laps[1].Done.Median);
            yield return new Figure(
                $"{kind}, {tenfold.Rows:N0} rows against {once.Rows:N0}: rows per second",
                $"{slower:N0} against {pace:N0}",
                (slower / pace) - 1,
                "+0.0 %;-0.0 %",
                new Target(-0.05, AtLeast: true));
            yield return new Figure(
                $"{kind}, the same: growth of the peak working set", $"{app.PeakMegabytes:0} MB after {peak:0} MB", app.PeakMegabytes - peak, "+0 MB", new Target(10));
            highest = Math.Max(highest, app.PeakMegabytes);
        }

        yield return new Figure("peak working set of the service, all of these", "", highest, Megabytes, new Target(160));
    }
}
