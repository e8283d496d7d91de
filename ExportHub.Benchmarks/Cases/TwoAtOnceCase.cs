namespace ExportHub.Benchmarks.Cases;

internal static class TwoAtOnceCase
{
    public static async IAsyncEnumerable<Figure> MeasureAsync(Stage stage)
    {
        var table = stage.Tables.Orders;
        await using var app = await stage.StartAppAsync();
        var laps = await Laps.InterleaveAsync(stage.Options.Rounds, TwoAsync, () => app.RunAsync(table, "csv"));
        var (two, one) = (laps[0].Done, laps[1].Done);
        yield return new Figure(
            $"two csv exports of {table.Rows:N0} rows at once against one: rows per second",
            $"{two} for both, {one} for one",
            2 * one.Median / two.Median,
            Figure.Ratio,
            new Target(1.5, AtLeast: true));

        // Both are asked for in the same moment, so the longer one is the time of both.
        async Task<Lap> TwoAsync() => (await Task.WhenAll(app.RunAsync(table, "csv"), app.RunAsync(table, "csv"))).MaxBy(lap => lap.Done);
    }
}
