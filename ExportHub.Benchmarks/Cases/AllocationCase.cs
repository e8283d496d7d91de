using ExportHub.Database;
using ExportHub.Datasets;
using ExportHub.Formats;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ExportHub.Benchmarks.Cases;

/// <summary>The row reader and each writer in this process, on all of its threads.</summary>
internal static class AllocationCase
{
    public static async IAsyncEnumerable<Figure> MeasureAsync(Stage stage)
    {
        foreach (var (format, compression) in ((string, string)[])[("csv", "none"), ("jsonl", "none"), ("xlsx", "none"), ("csv", "gzip")])
        {
            await AllocatedAsync(stage, format, compression);
            var perRow = (double)await AllocatedAsync(stage, format, compression) / stage.Tables.Half.Rows;
            yield return new Figure(
                $"{(compression == "none" ? "" : compression + " ")}{format}, {stage.Tables.Half.Rows:N0} rows, allocated per row", "", perRow, "0.0 bytes", new Target(32));
        }
    }

    private static async Task<long> AllocatedAsync(Stage stage, string format, string compression)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var (source, options) = (new OneSource(stage.Pool), Options.Create(new DatasetsOptions()));
        var definition = new DatasetDefinition { Name = stage.Tables.Half.Name, From = stage.Tables.Half.Relation };
        var dataset = await new DatasetDescription(new SourceInquiry(source, options, TimeProvider.System)).ReadAsync(definition, stage.Stopping);
        var criteria = CriteriaCheck.Settle(dataset, new CriteriaRequest(), TimeProvider.System.GetUtcNow(), WritingToNowhere.Refuse)!;
        await using var reader = await new RowSource(source, options).OpenAsync(dataset, criteria, "exporthub:benchmark", isoIntervals: true, stage.Stopping);
        await using var writer = WritingToNowhere.Create(format, compression, reader.Columns);
        using var row = new RawRow(reader.Columns.Count);
        await writer.StartAsync(stage.Stopping);
        while (await reader.ReadAsync(row, stage.Stopping))
        {
            await writer.WriteAsync(row, stage.Stopping);
        }

        await writer.FinishAsync(stage.Stopping);
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    private sealed class OneSource(NpgsqlDataSource pool) : ISourceDatabases
    {
        public IReadOnlyList<string> Names => [];

        public NpgsqlDataSource Find(string? name) => pool;
    }
}
