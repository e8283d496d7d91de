namespace ExportHub.Exports;

/// <summary>
/// A stream from which only so much may be read at a time. The framework's reader of forms looks at the length of a line of a part's header only when the line has ended, and keeps
/// all of it until then.
/// </summary>
internal sealed class RationedStream(Stream inner) : Stream
{
    /// <summary>The bytes that may still be read; null for any number.</summary>
    public long? Ration { get; set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="InvalidDataException">All of the ration was read, and more is there.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        Ration -= read;
        return Ration < 0 ? throw new InvalidDataException("More was sent than may stand here.") : read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
