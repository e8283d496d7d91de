using ExportHub.Benchmarks.Peers;

namespace ExportHub.Benchmarks.Cases;

/// <summary>The formats that are text, each against psql's CSV and the library that people take for it.</summary>
internal static class TextCases
{
    public static IAsyncEnumerable<Figure> CsvAsync(Stage stage) =>
        MeasureAsync(stage, "csv", 0.65, new Other("typed reader and CsvHelper 34", () => CsvHelperPeer.RunAsync(stage, stage.Tables.Orders)));

    public static IAsyncEnumerable<Figure> JsonLinesAsync(Stage stage) =>
        MeasureAsync(stage, "jsonl", 0.75, new Other("typed reader and Utf8JsonWriter", () => JsonWriterPeer.RunAsync(stage, stage.Tables.Orders)));

    private static async IAsyncEnumerable<Figure> MeasureAsync(Stage stage, string format, double target, Other library)
    {
        var table = stage.Tables.Orders;
        await using var app = await stage.StartAppAsync();
        var psql = new Other("psql \\copy csv", () => Psql.CopyAsync(stage, table), new Target(target));
        await foreach (var figure in AgainstOthers.MeasureAsync(stage, app, table, format, psql, library))
        {
            yield return figure;
        }
    }
}
