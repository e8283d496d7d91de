namespace ExportHub.Benchmarks.Cases;

internal static class GzipCase
{
    public static async IAsyncEnumerable<Figure> MeasureAsync(Stage stage)
    {
        var table = stage.Tables.Orders;
        await using var app = await stage.StartAppAsync();
        var laps = await Laps.InterleaveAsync(stage.Options.Rounds, () => app.RunAsync(table, "csv", "gzip"), () => app.RunAsync(table, "csv"));
        yield return AgainstOthers.Against($"gzip csv, {table.Rows:N0} rows, against plain csv", laps[0].Done, laps[1].Done, new Target(1.6));
    }
}
