namespace ExportHub.Files.Remote;

/// <summary>Sends a part that is full and certainly not the last one. It may read the stream several times, and not after its task has ended.</summary>
internal delegate Task SendPart(int number, Func<Stream> open, CancellationToken cancel);

/// <summary>
/// Cuts what is written into parts, with one of them in memory. A part is sent when more comes than fits in, so what is left at the end is the last part,
/// and a small file has no other.
/// </summary>
internal sealed class PartStream(long firstSize, SendPart send) : Stream
{
    private PartBuffer buffer = new(firstSize);
    private Stream? filling;
    private int number = 1;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    /// <summary>Bytes taken.</summary>
    public override long Length => Sent + Left;

    public override long Position
    {
        get => Length;
        set => throw new NotSupportedException();
    }

    /// <summary>Number of the part that is being filled, from 1.</summary>
    public int Number => number;

    private long Sent { get; set; }

    private long Left => filling?.Position ?? 0;

    private long Room => (long)buffer.ByteLength - Left;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        while (bytes.Length > 0)
        {
            if (Room == 0)
            {
                await SendAsync(cancel);
            }

            var taken = (int)Math.Min(bytes.Length, Room);
            (filling ??= buffer.OpenWrite()).Write(bytes.Span[..taken]);
            bytes = bytes[taken..];
        }
    }

    /// <summary>What was not sent; may be read several times.</summary>
    public Stream OpenRest() => buffer.OpenRead(Left);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Sending takes time: write asynchronously.");

    public override void Flush()
    {
        // A part is sent when it is full.
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            buffer.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task SendAsync(CancellationToken cancel)
    {
        if (number == PartSize.MostParts)
        {
            throw new StorageFullException("The file is longer than the storage takes.");
        }

        var full = Left;
        await send(number, () => buffer.OpenRead(full), cancel);
        Sent += full;
        number++;
        filling = null;
        Grow(PartSize.Of(number, firstSize));
    }

    private void Grow(long size)
    {
        if ((ulong)size > buffer.ByteLength)
        {
            buffer.Dispose();
            buffer = new PartBuffer(size);
        }
    }
}
