using ExportHub.Datasets;
using ExportHub.Files;
using ExportHub.Formats;

namespace ExportHub.Exports;

/// <summary>Makes the file of an attempt: rows flow from the dataset's database through the writer into the store, through buffers only.</summary>
internal sealed class ExportFile(ExportRights rights, RowSource rows, IFileStore store)
{
    /// <summary>
    /// Writes and commits the file under a name that only this attempt uses. The file is real on disk afterwards, but belongs to nobody
    /// until the attempt publishes it. Throws what the database and the store throw, <see cref="DatasetChangedException"/> when the
    /// dataset can no longer be read as it was asked for, <see cref="NotPermittedException"/> when it may no longer be, and <see cref="RowCountException"/> when rows are missing or too many.
    /// </summary>
    public async Task<PublishedFile> WriteAsync(Export export, AttemptId attempt, Progress progress, CancellationToken cancel)
    {
        var dataset = await DescribeAsync(export, cancel);
        export = export with { Scope = dataset.Permission?.Rows };
        var settings = Settle(export);
        await using var reader = await rows.OpenAsync(
            dataset, export.Criteria, $"exporthub:{export.Id}:{attempt.Number}", isoIntervals: !settings.ForPeople, cancel);
        progress.Begin(reader.Tally, reader.AsOf);

        var key = $"{export.Id}/{attempt.Number}.{settings.Extension}";
        var name = FileName.Of(export, settings, reader.AsOf);
        await using var part = await store.CreateAsync(key, new FileLabel(settings.ContentType, name), cancel);
        await using var output = new HashingStream(part.Stream);
        var about = AboutExport.Of(export, reader.AsOf) with
        {
            Sentences = written => ExportWarnings.Of(settings.Format, WithRemarksOf(reader, written)),
            FileStem = name[..^(settings.Extension.Length + 1)],
            Enclosures = written => [ExportReceipt.Enclose(export, Describe(name, "", settings, reader, WithRemarksOf(reader, written), bytes: 0, sha256: ""))],
        };
        var report = await CopyAsync(reader, settings, about, output, progress, cancel);
        var sha256 = await output.FinishAsync();
        progress.Advance(report.Rows, output.BytesWritten);
        var expected = Math.Min(reader.Selected!.Rows, export.Criteria.Limit ?? long.MaxValue);
        if (report.Rows != expected)
        {
            throw new RowCountException(expected, report.Rows);
        }

        await part.CommitAsync(output.BytesWritten, cancel);
        return Describe(name, key, settings, reader, report, output.BytesWritten, sha256) with { Scope = export.Scope! };
    }

    /// <summary>To be called after the count.</summary>
    private static PublishedFile Describe(
        string name, string key, FormatSettings settings, IRowReader reader, WriterReport report, long bytes, string sha256) => new(
        key, name, settings.ContentType, report.Rows, bytes, sha256, reader.AsOf, ExportWarnings.Of(settings.Format, report), reader.Selected!,
        ReceiptFacts.Of(settings, report, reader.ServerVersion));

    private static async Task<WriterReport> CopyAsync(
        IRowReader reader, FormatSettings settings, FileAbout about, HashingStream output, Progress progress, CancellationToken cancel)
    {
        using var row = new RawRow(reader.Columns.Count);
        await using var writer = FileFormats.CreateWriter(settings, reader.Columns, about, output);
        await writer.StartAsync(cancel);
        for (long written = 1; await reader.ReadAsync(row, cancel); written++)
        {
            await writer.WriteAsync(row, cancel);
            progress.Advance(written, output.BytesWritten);
        }

        // Before the end is written, since an archive encloses the receipt.
        await reader.CountAsync(cancel);
        return WithRemarksOf(reader, await writer.FinishAsync(cancel));
    }

    private static WriterReport WithRemarksOf(IRowReader reader, WriterReport report) => report with { Remarks = [.. reader.Remarks, .. report.Remarks] };

    private static FormatSettings Settle(Export export) =>
        FileFormats.Settle(
            export.Format,
            export.Options,
            TimeZoneInfo.FindSystemTimeZoneById(export.Criteria.TimeZone),
            (field, fault) => throw new DatasetChangedException($"{field}: {fault}"))
        ?? throw new DatasetChangedException("The format is no longer known.");

    private async Task<Dataset> DescribeAsync(Export export, CancellationToken cancel)
    {
        var dataset = await rights.ForAttemptAsync(export, cancel);
        return dataset.Unreachable ? throw new SourceUnavailableException(dataset.Broken!) : dataset;
    }
}

/// <summary>The dataset's database did not answer.</summary>
internal sealed class SourceUnavailableException(string message) : Exception(message);

/// <summary>The file does not hold as many rows as were counted in the same snapshot.</summary>
internal sealed class RowCountException(long counted, long written) : Exception($"{counted} rows were counted and {written} written.");
