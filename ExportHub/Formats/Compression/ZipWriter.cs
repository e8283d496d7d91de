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
    private (byte[] Name, bool Large)? open;

    /// <summary>Ends the entry before and begins the next; its content goes into the stream that is returned, which needs no disposing.</summary>
    /// <param name="name">With `/` between folders.</param>
    /// <param name="large">
    /// Announces that the entry may exceed 4 GiB, which readers that do not look into the directory have to know. It may do so without, too: the
    /// parts of a workbook are not announced, because Excel looks into the directory and nobody knows what it says to the other.
    /// </param>
    public async ValueTask<Stream> OpenAsync(string name, bool large, CancellationToken cancel)
    {
        await CloseAsync(cancel);
        var bytes = Encoding.UTF8.GetBytes(name);
        open = (bytes, large);
        await output.WriteAsync(ZipEntry.LocalHeader(bytes, large), cancel);
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
        if (open is not { } begun)
        {
            return;
        }

        var entry = new ZipEntry(begun.Name, position, begun.Large, await deflate.FinishAsync(cancel));
        await output.WriteAsync(entry.DataDescriptor(), cancel);
        entries.Add(entry);
        position = entry.End;
        open = null;
    }
}
