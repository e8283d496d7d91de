using System.Diagnostics;
using ExportHub.Database.Embedded;

namespace ExportHub.Benchmarks;

/// <summary>`psql \copy` of the same columns and rows to the same disk.</summary>
internal static class Psql
{
    private static readonly PostgresBinaries Binaries = PostgresBinaries.Find(null, PostgresBinaries.UsualPlaces(), cluster: null);

    /// <exception cref="InvalidOperationException">psql is not there, failed, or copied another number of rows.</exception>
    public static async Task<Lap> CopyAsync(Stage stage, OrderTable table)
    {
        var file = stage.NewFile("csv");
        var copy = $"\\copy (SELECT {OrderTables.Columns} FROM {table.Relation}) TO '{file}' CSV";
        var started = Stopwatch.GetTimestamp();
        var said = await SystemCommand.RunAsync(
            [Binaries["psql"], "-X", "-h", stage.Socket, "-U", Cluster.Superuser, "-d", "exporthub", "-c", copy], stage.Stopping);
        return said.Output == $"COPY {table.Rows}"
            ? Lap.Of(file, started)
            : throw new InvalidOperationException($"psql did not copy {table.Rows} rows from {table.Relation}: {said.Output}");
    }
}
