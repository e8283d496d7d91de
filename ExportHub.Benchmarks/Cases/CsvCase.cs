using ExportHub.Benchmarks.Peers;

namespace ExportHub.Benchmarks.Cases;

internal static class CsvCase
{
    public static async IAsyncEnumerable<Figure> MeasureAsync(Stage stage)
    {
        var table = stage.Tables.Orders;
        await using var app = await stage.StartAppAsync();
        var figures = AgainstOthers.MeasureAsync(
            stage,
            app,
            table,
            "csv",
            new Other("psql \\copy", () => Psql.CopyAsync(stage, table), new Target(0.65)),
            new Other("typed reader and CsvHelper 34", () => CsvHelperPeer.RunAsync(stage, table)));
        await foreach (var figure in figures)
        {
            yield return figure;
        }
    }
}
