using ExportHub.Benchmarks.Peers;

namespace ExportHub.Benchmarks.Cases;

internal static class JsonLinesCase
{
    public static async IAsyncEnumerable<Figure> MeasureAsync(Stage stage)
    {
        var table = stage.Tables.Orders;
        await using var app = await stage.StartAppAsync();
        var figures = AgainstOthers.MeasureAsync(
            stage,
            app,
            table,
            "jsonl",
            new Other("psql \\copy csv", () => Psql.CopyAsync(stage, table), new Target(0.75)),
            new Other("typed reader and Utf8JsonWriter", () => JsonWriterPeer.RunAsync(stage, table)));
        await foreach (var figure in figures)
        {
            yield return figure;
        }
    }
}
