using System.Buffers;

namespace ExportHub.Formats;

/// <summary>
/// The bytes of a file on their way to a stream. Everything is written into it synchronously; the writer flushes between two rows once it
/// <see cref="IsFull"/>. It grows for a row that is larger than it and shrinks again on the next flush. Not thread-safe.
/// </summary>
internal sealed class FileBuffer : IDisposable
{
    private const int Size = 128 * 1024;

    // Most rows are shorter than the quarter that is left, so growing is rare.
    private const int FlushFrom = 96 * 1024;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(Size);

    public bool IsFull => Position >= FlushFrom;

    /// <summary>How many bytes wait for the next flush; marks a place that <see cref="From"/> returns to within the same row.</summary>
    public int Position { get; private set; }

    /// <summary>What was written since the mark.</summary>
    public ReadOnlySpan<byte> From(int position) => buffer.AsSpan(position, Position - position);

    /// <summary>Free space of at least the given size; <see cref="Advance"/> says how much of it was used.</summary>
    public Span<byte> Room(int atLeast)
    {
        if (buffer.Length - Position < atLeast)
        {
            Grow(atLeast);
        }

        return buffer.AsSpan(Position);
    }

    public void Advance(int length) => Position += length;

    public void Write(byte value)
    {
        Room(1)[0] = value;
        Position++;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        Position += bytes.Length;
    }

    /// <summary>Puts one byte before what was written since the mark.</summary>
    public void Insert(int position, byte value)
    {
        Room(1);
        buffer.AsSpan(position, Position - position).CopyTo(buffer.AsSpan(position + 1));
        buffer[position] = value;
        Position++;
    }

    public async ValueTask FlushAsync(Stream output, CancellationToken cancel)
    {
        await output.WriteAsync(buffer.AsMemory(0, Position), cancel);
        Position = 0;
        if (buffer.Length > Size)
        {
            Swap(ArrayPool<byte>.Shared.Rent(Size));
        }
    }

    public void Dispose()
    {
        Position = 0;
        Swap([]);
    }

    private void Grow(int atLeast)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(checked(Position + atLeast), (int)Math.Min(buffer.Length * 2L, Array.MaxLength)));
        buffer.AsSpan(0, Position).CopyTo(larger);
        Swap(larger);
    }

    private void Swap(byte[] next)
    {
        // Renting gave nothing for an empty array, so nothing goes back on a second Dispose.
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        buffer = next;
    }
}
