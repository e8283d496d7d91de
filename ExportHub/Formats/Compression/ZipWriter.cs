using System.Text;

namespace ExportHub.Formats.Compression;

/// <summary>
/// A ZIP archive (PKWARE APPNOTE 6.3.10) written from front to end, so that it can go into any stream: sizes follow each entry in a data
/// descriptor (4.3.9), and Zip64 (4.5.3) takes over where four bytes are too few. Every entry is deflated on several cores and carries the same
/// time, so that the same content makes the same archive. Disposing without <see cref="FinishAsync"/> writes nothing more.
/// </summary>
internal sealed class ZipWriter(Stream output) : IAsyncDisposable
{
    private readonly ParallelDeflate deflate = new(output);
    private readonly List<ZipEntry> entries = [];
    private long position;
    private byte[]? name;

    /// <summary>Ends the entry before and begins the next; its content goes into the stream that is returned, which needs no disposing.</summary>
    public async ValueTask<Stream> OpenAsync(string entryName, CancellationToken cancel)
    {
        await CloseAsync(cancel);
        name = Encoding.UTF8.GetBytes(entryName);
        await output.WriteAsync(ZipEntry.LocalHeader(name), cancel);
        return deflate;
    }

    /// <summary>Ends the last entry and writes the directory.</summary>
    public async ValueTask FinishAsync(CancellationToken cancel)
    {
        await CloseAsync(cancel);
        await output.WriteAsync(ZipDirectory.Of(entries, position), cancel);
    }

    public ValueTask DisposeAsync() => deflate.DisposeAsync();

    private async ValueTask CloseAsync(CancellationToken cancel)
    {
        if (name is null)
        {
            return;
        }

        var entry = new ZipEntry(name, position, await deflate.FinishAsync(cancel));
        await output.WriteAsync(entry.DataDescriptor(), cancel);
        entries.Add(entry);
        position = entry.End;
        name = null;
    }
}
