using System.Globalization;

namespace ExportHub.Benchmarks.Cases;

/// <summary>
/// How many exports an hour one core of a worker makes, by size and format: the processor time that the process uses for one, so that neither the machine's other work
/// nor the number of its cores is in the figure. What the database needs for its part comes besides.
/// </summary>
internal static class SizingCase
{
    private const int WarmUps = 2;
    private const double Hour = 3600;

    private static readonly string[] Formats = ["csv", "xlsx", "jsonl"];

    public static async IAsyncEnumerable<Figure> MeasureAsync(Stage stage)
    {
        await using var app = await stage.StartAppAsync(App.Unlimited);
        foreach (var table in new[] { stage.Tables.Thousand, stage.Tables.Eighth, stage.Tables.Half })
        {
            foreach (var format in Formats)
            {
                yield return await OneAsync(stage, app, table, format);
            }
        }
    }

    private static async Task<Figure> OneAsync(Stage stage, App app, OrderTable table, string format)
    {
        // A small export is over before the clock of the processor time has moved much: more of them make one lap.
        var together = Math.Max(1, 20_000 / table.Rows);
        var (seconds, bytes) = (new List<double>(), 0L);
        for (var round = -WarmUps; round < stage.Options.Rounds; round++)
        {
            var before = app.CpuSeconds;
            for (var n = 0; n < together; n++)
            {
                var export = await app.ExportAsync(table, format);
                File.Delete(export.File);
                bytes = export.Bytes;
            }

            seconds.AddRange(round >= 0 ? [(app.CpuSeconds - before) / together] : []);
        }

        var middle = seconds.Order().ElementAt(seconds.Count / 2);
        return new Figure(
            $"{table.Rows:N0} rows as {format}: exports an hour on one core of a worker",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{middle:0.000} ({seconds.Min():0.000}–{seconds.Max():0.000}) s of processor time, {bytes / 1e6:0.0} MB, {app.PeakMegabytes:0} MB most memory so far"),
            Hour / middle,
            "N0");
    }
}
