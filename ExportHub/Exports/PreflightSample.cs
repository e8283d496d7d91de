using ExportHub.Datasets;
using ExportHub.Formats;
using ExportHub.Formats.Shown;

namespace ExportHub.Exports;

/// <summary>Writes the file of a few rows with the very reader and writer that write the file of all rows, and measures it.</summary>
internal sealed class PreflightSample(SampleSource rows, TimeProvider time)
{
    /// <summary>How many rows a person sees.</summary>
    public const int Shown = 20;

    /// <summary>How many are looked at.</summary>
    public const int Most = 1000;

    // Rows with very large cells are told from fewer.
    private const long MostBytes = 4_000_000;

    /// <summary>The first rows of the file.</summary>
    public async Task<SampleFile> FirstAsync(Asked asked, TimeSpan patience, CancellationToken cancel)
    {
        await using var sample = await rows.FirstAsync(asked.Dataset, asked.Criteria, Most, isoIntervals: !asked.Settings.ForPeople, patience, cancel);
        return await WriteAsync(asked, sample, cancel);
    }

    /// <summary>As many from everywhere in a file of so many rows.</summary>
    public async Task<SampleFile> SpreadAsync(Asked asked, long of, TimeSpan patience, CancellationToken cancel)
    {
        var share = Math.Min(1, (double)Most / of);
        await using var sample = await rows.SpreadAsync(asked.Dataset, asked.Criteria, share, isoIntervals: !asked.Settings.ForPeople, patience, cancel);
        return await WriteAsync(asked, sample, cancel);
    }

    private async Task<SampleFile> WriteAsync(Asked asked, Sample sample, CancellationToken cancel)
    {
        var reader = sample.Reader;
        var export = new Export
        {
            Id = Guid.Empty, Status = ExportStatus.Running, Dataset = asked.Dataset.Definition, Criteria = asked.Criteria, Format = asked.Settings.Format.Name,
            Options = asked.Options, RequestedBy = asked.By, RequestedAt = time.GetUtcNow(), Scope = asked.Dataset.Permission?.Rows,
        };
        await using var empty = new SampleWriter(asked.Settings, export, reader, Stream.Null);
        await using var file = new SampleWriter(asked.Settings, export, reader, Stream.Null);
        using var seen = new MemoryStream();
        await using var top = new SampleWriter(asked.Settings with { Packing = Packing.None, RowsPerFile = null }, export, reader, seen);
        using var row = new RawRow(reader.Columns.Count);
        long taken = 0, read = 0;
        var isWhole = false;
        while (taken < Most && read < MostBytes && !(isWhole = !await reader.ReadAsync(row, cancel)))
        {
            read += LengthOf(row);
            await file.WriteAsync(row, cancel);
            if (taken++ < Shown)
            {
                await top.WriteAsync(row, cancel);
            }
        }

        var without = await empty.FinishAsync(cancel);
        var with = await file.FinishAsync(cancel);
        await top.FinishAsync(cancel);
        return new SampleFile(
            ShownRows.Of(asked.Settings, reader.Columns, seen.ToArray()), taken, isWhole || taken == asked.Criteria.Limit, with.Bytes, without.Bytes,
            [.. reader.Remarks, .. with.Report.Remarks], sample.Planned);
    }

    private static long LengthOf(RawRow row)
    {
        long length = 0;
        for (var i = 0; i < row.ColumnCount; i++)
        {
            length += row[i].Length;
        }

        return length;
    }
}

/// <summary>What a person asks to see the outcome of.</summary>
/// <param name="Settings">In the zone of the criteria.</param>
/// <param name="By">Who asks.</param>
internal sealed record Asked(Dataset Dataset, Criteria Criteria, FormatSettings Settings, FormatOptions Options, string By);

/// <summary>A file of some rows.</summary>
/// <param name="Shown">The texts of its first rows, below the header where the format has one.</param>
/// <param name="Rows">How many were taken.</param>
/// <param name="IsWhole">Whether there are no more.</param>
/// <param name="Bytes">Of the file of these rows.</param>
/// <param name="EmptyBytes">Of the same file without a row.</param>
internal sealed record SampleFile(
    IReadOnlyList<IReadOnlyList<string>> Shown, long Rows, bool IsWhole, long Bytes, long EmptyBytes, IReadOnlyList<Remark> Remarks, PlannedRows Planned)
{
    public double BytesPerRow => Rows == 0 ? 0 : (double)(Bytes - EmptyBytes) / Rows;
}
