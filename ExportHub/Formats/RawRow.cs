using System.Buffers;

namespace ExportHub.Formats;

/// <summary>
/// One row as it came over the wire: the cells' bytes back to back in one buffer that is used again for the next row,
/// so that no cell becomes an object. Filled by a row reader, read by an <see cref="IRowWriter"/>; not thread-safe.
/// </summary>
internal sealed class RawRow(int columns) : IDisposable
{
    private const int Null = -1;
    private const int Size = 64 * 1024;

    // A buffer above this was made for a rare large cell and is not kept for the small rows after it.
    private const int Large = 1024 * 1024;

    private readonly int[] starts = new int[columns];
    private readonly int[] lengths = new int[columns];
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(Size);
    private int used;
    private int count;

    public int ColumnCount => starts.Length;

    public bool IsNull(int column) => lengths[column] == Null;

    /// <summary>The bytes of a cell; empty for NULL too, so ask <see cref="IsNull"/> first.</summary>
    public ReadOnlySpan<byte> this[int column] =>
        lengths[column] == Null ? default : buffer.AsSpan(starts[column], lengths[column]);

    /// <summary>Forgets all cells; the next Append is column 0.</summary>
    public void Clear()
    {
        if (buffer.Length > Large && used < buffer.Length / 8)
        {
            Swap(ArrayPool<byte>.Shared.Rent(Size));
        }

        used = 0;
        count = 0;
    }

    public void AppendNull()
    {
        starts[count] = used;
        lengths[count++] = Null;
    }

    public void Append(ReadOnlySpan<byte> cell)
    {
        cell.CopyTo(Reserve(cell.Length));
        Commit(cell.Length);
    }

    /// <summary>The free part of the buffer as an array and its offset, at least <paramref name="atLeast"/> bytes; what was committed stays.</summary>
    public ArraySegment<byte> Free(int atLeast)
    {
        Reserve(atLeast);
        return new ArraySegment<byte>(buffer, used, buffer.Length - used);
    }

    /// <summary>Makes the first <paramref name="length"/> bytes of <see cref="Free"/> the next cell.</summary>
    public void Commit(int length)
    {
        starts[count] = used;
        lengths[count++] = length;
        used += length;
    }

    public void Dispose()
    {
        Swap([]);
    }

    private Span<byte> Reserve(int atLeast)
    {
        if (buffer.Length - used < atLeast)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(buffer.Length * 2, used + atLeast));
            buffer.AsSpan(0, used).CopyTo(larger);
            Swap(larger);
        }

        return buffer.AsSpan(used);
    }

    private void Swap(byte[] next)
    {
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = next;
    }
}
