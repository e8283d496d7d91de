using ExportHub.Datasets;
using ExportHub.Formats;

namespace ExportHub.Exports;

/// <summary>Writes a file as an export would, and counts its bytes.</summary>
internal sealed class SampleWriter : IAsyncDisposable
{
    private readonly CountingStream output;
    private readonly IRowWriter writer;
    private bool started;

    public SampleWriter(FormatSettings settings, Export export, IRowReader reader, Stream to)
    {
        output = new CountingStream(to);
        writer = FileFormats.CreateWriter(settings, reader.Columns, About(settings, export, reader), output);
    }

    public async ValueTask WriteAsync(RawRow row, CancellationToken cancel)
    {
        await StartAsync(cancel);
        await writer.WriteAsync(row, cancel);
    }

    public async ValueTask<(long Bytes, WriterReport Report)> FinishAsync(CancellationToken cancel)
    {
        await StartAsync(cancel);
        var report = await writer.FinishAsync(cancel);
        return (output.Bytes, report);
    }

    public async ValueTask DisposeAsync()
    {
        await writer.DisposeAsync();
        await output.DisposeAsync();
    }

    private async ValueTask StartAsync(CancellationToken cancel)
    {
        if (!started)
        {
            started = true;
            await writer.StartAsync(cancel);
        }
    }

    /// <summary>As <see cref="ExportFile"/> does: in a small file it is what takes most room.</summary>
    private static FileAbout About(FormatSettings settings, Export export, IRowReader reader)
    {
        var name = FileName.Of(export, settings, reader.AsOf);
        return AboutExport.Of(export, reader.AsOf) with
        {
            Sentences = written => ExportWarnings.Of(settings.Format, written),
            FileStem = name[..^(settings.Extension.Length + 1)],
            Enclosures = written => [ExportReceipt.Enclose(export, File(written))],
        };

        PublishedFile File(WriterReport written) => new(
            "", name, settings.ContentType, written.Rows, 0, "", reader.AsOf, ExportWarnings.Of(settings.Format, written),
            new SelectedRows(written.Rows, NotCounted: null), ReceiptFacts.Of(settings, written, reader.ServerVersion));
    }

    private sealed class CountingStream(Stream to) : WriteOnlyStream
    {
        public long Bytes { get; private set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Bytes += buffer.Length;
            return to.WriteAsync(buffer, cancellationToken);
        }
    }
}
