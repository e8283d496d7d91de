using System.Globalization;
using System.Text;
using ExportHub.Formats.Compression;

namespace ExportHub.Formats;

/// <summary>
/// Puts a file, or numbered parts of so many rows each, into one ZIP archive, beside them what the caller encloses and a manifest that
/// `sha256sum -c` checks. Every part is a whole file with its own header.
/// </summary>
internal sealed class ZippedRowWriter(FormatSettings settings, FileAbout about, Stream output, Func<Stream, IRowWriter> createPart) : IRowWriter
{
    private const string Manifest = "SHA256SUMS";

    private readonly ZipWriter zip = new(output);
    private readonly List<WrittenFile> files = [];
    private readonly List<Remark> remarks = [];
    private IRowWriter? part;
    private HashingStream? content;
    private long rowsInPart;

    public ValueTask StartAsync(CancellationToken cancel) => OpenPartAsync(cancel);

    public ValueTask WriteAsync(RawRow row, CancellationToken cancel)
    {
        if (rowsInPart == settings.RowsPerFile)
        {
            return WriteToNextPartAsync(row, cancel);
        }

        rowsInPart++;
        return part!.WriteAsync(row, cancel);
    }

    public async ValueTask<WriterReport> FinishAsync(CancellationToken cancel)
    {
        await FinishPartAsync(cancel);
        var report = new WriterReport(files.Sum(file => file.Rows), Remarks.Joined(remarks)) { Files = files };
        foreach (var enclosure in about.Enclosures(report))
        {
            await AddAsync(enclosure.Name, enclosure.Content, cancel);
        }

        await AddAsync(Manifest, Encoding.UTF8.GetBytes(string.Concat(files.Select(file => $"{file.Sha256}  {file.Name}\n"))), cancel);
        await zip.FinishAsync(cancel);
        return report;
    }

    public async ValueTask DisposeAsync()
    {
        await ClosePartAsync();
        await zip.DisposeAsync();
    }

    private async ValueTask WriteToNextPartAsync(RawRow row, CancellationToken cancel)
    {
        await FinishPartAsync(cancel);
        await OpenPartAsync(cancel);
        rowsInPart = 1;
        await part!.WriteAsync(row, cancel);
    }

    private async ValueTask OpenPartAsync(CancellationToken cancel)
    {
        content = new HashingStream(await zip.OpenAsync(NameOf(files.Count + 1), large: true, cancel));
        part = createPart(content);
        await part.StartAsync(cancel);
    }

    private async ValueTask FinishPartAsync(CancellationToken cancel)
    {
        var report = await part!.FinishAsync(cancel);
        var sha256 = await content!.FinishAsync();
        files.Add(new WrittenFile(NameOf(files.Count + 1), report.Rows, content.BytesWritten, sha256));
        remarks.AddRange(report.Remarks);
        await ClosePartAsync();
    }

    private async ValueTask ClosePartAsync()
    {
        await (part?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (content?.DisposeAsync() ?? ValueTask.CompletedTask);
        (part, content) = (null, null);
    }

    private async ValueTask AddAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        var entry = await zip.OpenAsync(name, large: false, cancel);
        await entry.WriteAsync(bytes, cancel);
    }

    /// <summary>Three digits sort as people expect up to 999 parts, and more still have different names.</summary>
    private string NameOf(int number)
    {
        var suffix = settings.RowsPerFile is null ? "" : string.Create(CultureInfo.InvariantCulture, $"_{number:000}");
        return $"{about.FileStem}{suffix}.{settings.Format.Extension}";
    }
}
