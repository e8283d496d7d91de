namespace ExportHub.Files.Remote;

/// <summary>Opens some bytes of an object. Throws what <see cref="IFileStore"/> says, also when it is no longer the object that was opened.</summary>
internal delegate Task<Stream> OpenRange(long from, long count, CancellationToken cancel);

/// <summary>
/// An object as a file to read: nothing is asked before the first byte is wanted, so moving costs nothing. Asks for a little first and for more each time,
/// since most who read a little move on and most who read much read all. A connection that breaks is opened again where it broke.
/// </summary>
internal sealed class RangedStream(long length, OpenRange open, TimeSpan patience) : Stream
{
    private const long FirstRange = 1024 * 1024;

    private const long LargestRange = 64 * FirstRange;

    /// <summary>In a row, without a byte between them.</summary>
    private const int MostBreaks = 3;

    private Stream? range;
    private long rangePosition;
    private long rangeEnd;
    private long nextRange = FirstRange;
    private long position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => position;
        set => position = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Length == 0 || position >= length)
        {
            return 0;
        }

        for (var breaks = 0; ; breaks++)
        {
            try
            {
                return await ReadOnceAsync(buffer, cancellationToken);
            }
            catch (BrokenRangeException broken)
            {
                DropRange();
                if (breaks == MostBreaks)
                {
                    throw new IOException("The storage broke off again and again while the file was read.", broken.InnerException);
                }
            }
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => position + offset,
        _ => length + offset,
    };

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("The storage takes time: read asynchronously.");

    public override void Flush()
    {
        // Nothing is written.
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            DropRange();
        }

        base.Dispose(disposing);
    }

    private async Task<int> ReadOnceAsync(Memory<byte> buffer, CancellationToken cancel)
    {
        if (range is null || position != rangePosition || position == rangeEnd)
        {
            await OpenAsync(cancel);
        }

        var count = (int)Math.Min(buffer.Length, rangeEnd - position);
        var read = await ReadInTimeAsync(buffer[..count], cancel);
        position += read;
        rangePosition = position;
        return read;
    }

    private async Task OpenAsync(CancellationToken cancel)
    {
        var goesOn = range is not null && position == rangeEnd;
        DropRange();
        nextRange = goesOn ? Math.Min(nextRange * 4, LargestRange) : FirstRange;
        rangeEnd = Math.Min(position + nextRange, length);
        rangePosition = position;
        range = await open(position, rangeEnd - position, cancel);
    }

    private async Task<int> ReadInTimeAsync(Memory<byte> buffer, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(patience);
        try
        {
            return await range!.ReadAsync(buffer, limit.Token) is var read and > 0 ? read : throw new BrokenRangeException(null);
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException || (fault is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw new BrokenRangeException(fault);
        }
    }

    private void DropRange()
    {
        range?.Dispose();
        range = null;
    }

    private sealed class BrokenRangeException(Exception? cause) : Exception("The storage broke off.", cause);
}
