using ExportHub.Datasets;
using ExportHub.Formats;

namespace ExportHub.Exports;

/// <summary>How large an export is expected to be; null what cannot be told.</summary>
internal readonly record struct ExportForecast(long? Rows, long? Bytes);

/// <summary>Tells before an export is accepted what it will come to: rows from the planner, bytes from earlier files or from the width of the rows.</summary>
internal sealed class ForecastExport(RowPlanner planner, ForecastStore store)
{
    // Measured on the demo data and the benchmark's table: file bytes for each byte that the planner expects, and for each cell.
    private const double SheetShare = 0.45;
    private const double PackedShare = 0.25;
    private const int JsonCell = 12;
    private const int TextCell = 4;

    public async Task<ExportForecast> OfAsync(Dataset dataset, Criteria criteria, FormatSettings settings, string? compression, CancellationToken cancel)
    {
        if (await planner.PlanAsync(dataset, criteria, cancel) is not { } planned)
        {
            return default;
        }

        var perRow = await store.BytesPerRowAsync(dataset.Name, settings.Format.Name, compression, cancel)
            ?? Guess(planned.RowBytes, criteria.Columns.Count, settings.Format.Name, packed: compression is "gzip" or "zip");
        return new ExportForecast(planned.Rows, (long)Math.Min(planned.Rows * perRow, long.MaxValue / 4));
    }

    private static double Guess(int rowBytes, int columns, string format, bool packed)
    {
        var text = rowBytes + (columns * (format is "json" or "jsonl" ? JsonCell : TextCell));
        return format == "xlsx" ? text * SheetShare : packed ? text * PackedShare : text;
    }
}
