namespace ExportHub.Formats;

/// <summary>
/// Passes writes on to the caller's stream until it is shut, and swallows them afterwards: GZipStream and ZipArchive write
/// an ending when they are disposed, and a file that was given up must not get one. Never seeks, never closes the caller's stream.
/// </summary>
internal sealed class Gate(Stream output) : Stream
{
    private bool shut;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public void Shut() => shut = true;

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!shut)
        {
            output.Write(buffer);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        shut ? ValueTask.CompletedTask : output.WriteAsync(buffer, cancellationToken);

    public override void Flush()
    {
        if (!shut)
        {
            output.Flush();
        }
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => shut ? Task.CompletedTask : output.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
