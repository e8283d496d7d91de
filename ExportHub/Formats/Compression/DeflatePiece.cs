using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace ExportHub.Formats.Compression;

/// <summary>
/// A piece of a deflate stream that is compressed apart from the others: its last block is no final one and ends at a byte (a sync flush,
/// RFC 1951, 3.2.4), so that pieces put one after the other are one stream. The library's gzip gives the CRC as well; what it puts
/// around the piece (RFC 1952, 2.3) is left out. Filled, started and awaited by one owner.
/// </summary>
internal sealed class DeflatePiece : IDisposable
{
    /// <summary>Bytes that a piece takes. Larger pieces gain 1 % of size, smaller ones lose 3 %.</summary>
    public const int Size = 252 * 1024;

    // What cannot be compressed grows by less than this.
    private const int Slack = 4 * 1024;
    private const int HeaderLength = 10;
    private const int TrailerLength = 8;

    // An empty final block of fixed codes, which gzip writes when it is closed after the flush.
    private const int FinalBlockLength = 2;

    // Level 1 makes files a third larger, level 3 takes half as long again and gains a tenth.
    private static readonly ZLibCompressionOptions Options = new() { CompressionLevel = 2 };

    private readonly byte[] input = ArrayPool<byte>.Shared.Rent(Size);
    private readonly byte[] output = ArrayPool<byte>.Shared.Rent(Size + Slack);
    private Task compressing = Task.CompletedTask;
    private int outputLength;

    /// <summary>Bytes taken so far.</summary>
    public int Length { get; private set; }

    public bool IsFull => Length == Size;

    /// <summary>Of the bytes taken; known once <see cref="CompressedAsync"/> has answered.</summary>
    public uint Crc => BinaryPrimitives.ReadUInt32LittleEndian(output.AsSpan(outputLength - TrailerLength));

    /// <summary>Takes as much as there is room for and returns how much that was.</summary>
    public int Take(ReadOnlySpan<byte> bytes)
    {
        var taken = Math.Min(bytes.Length, Size - Length);
        bytes[..taken].CopyTo(input.AsSpan(Length));
        Length += taken;
        return taken;
    }

    /// <summary>Begins to compress on another thread what was taken.</summary>
    public void Start() => compressing = Task.Run(Compress);

    /// <summary>The blocks of the piece, without a final one.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> CompressedAsync()
    {
        await compressing;
        return output.AsMemory(HeaderLength, outputLength - HeaderLength - FinalBlockLength - TrailerLength);
    }

    /// <summary>Makes room for the next bytes.</summary>
    public void Clear() => Length = 0;

    /// <summary>Waits for a compression that nobody wants any more, because it still uses the buffers.</summary>
    public async ValueTask AbandonAsync() => await compressing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(input);
        ArrayPool<byte>.Shared.Return(output);
    }

    private void Compress()
    {
        using var packed = new MemoryStream(output);
        using (var gzip = new GZipStream(packed, Options, leaveOpen: true))
        {
            gzip.Write(input, 0, Length);
            gzip.Flush();
        }

        outputLength = (int)packed.Position;
    }
}
