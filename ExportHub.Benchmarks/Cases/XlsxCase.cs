using System.IO.Compression;

namespace ExportHub.Benchmarks.Cases;

internal static class XlsxCase
{
    public static async IAsyncEnumerable<Figure> MeasureAsync(Stage stage)
    {
        var table = stage.Tables.Half;
        await using var app = await stage.StartAppAsync();
        var others = new Other("psql \\copy csv", () => Psql.CopyAsync(stage, table), new Target(1.20));
        await foreach (var figure in AgainstOthers.MeasureAsync(stage, app, table, "xlsx", others))
        {
            yield return figure;
        }

        var export = await app.ExportAsync(table, "xlsx");
        var atLevelOne = SizeAtLevelOne(export.File, stage.NewFile("deflate"));
        File.Delete(export.File);
        yield return new Figure(
            $"xlsx, {table.Rows:N0} rows, size against deflate level 1",
            $"{export.Bytes / 1e6:0.0} MB against {atLevelOne / 1e6:0.0} MB",
            (double)export.Bytes / atLevelOne,
            Figure.Ratio,
            new Target(0.78));
    }

    /// <summary>The bytes of everything in the workbook, compressed anew at the level that libraries use to be fast.</summary>
    private static long SizeAtLevelOne(string workbook, string scratch)
    {
        using var zip = ZipFile.OpenRead(workbook);
        using var output = new FileStream(scratch, FileMode.CreateNew, FileAccess.Write, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose);
        foreach (var entry in zip.Entries)
        {
            using var content = entry.Open();
            using var deflate = new DeflateStream(output, CompressionLevel.Fastest, leaveOpen: true);
            content.CopyTo(deflate);
        }

        return output.Position;
    }
}
