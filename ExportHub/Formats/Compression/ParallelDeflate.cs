namespace ExportHub.Formats.Compression;

/// <summary>
/// A deflate stream (RFC 1951) whose pieces are compressed side by side on other threads and written in their order. The bytes depend on
/// what is written alone, not on the number of threads. Not thread-safe; after <see cref="FinishAsync"/> the next stream can be written.
/// </summary>
internal sealed class ParallelDeflate(Stream output) : WriteOnlyStream
{
    // Two for each core, so that none waits while the oldest is written, and the one that is filled; more would wait for the rows.
    private const int MostPieces = 5;

    private static readonly byte[] FinalBlock = [3, 0];

    private readonly DeflatePiece[] pieces = [.. Enumerable.Range(0, Math.Min((2 * Environment.ProcessorCount) + 1, MostPieces)).Select(_ => new DeflatePiece())];
    private int filling;
    private Deflated soFar;
    private bool disposed;

    static ParallelDeflate() => NativeHeap.GiveBackLargeBlocks();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel = default)
    {
        while (!bytes.IsEmpty)
        {
            var taken = pieces[filling].Take(bytes.Span);
            bytes = bytes[taken..];
            if (pieces[filling].IsFull)
            {
                await TurnAsync(cancel);
            }
        }
    }

    /// <summary>Writes what is left and the end of the stream, and says what the whole came to.</summary>
    public async ValueTask<Deflated> FinishAsync(CancellationToken cancel)
    {
        for (var i = 0; i < pieces.Length; i++)
        {
            await TurnAsync(cancel);
        }

        await output.WriteAsync(FinalBlock, cancel);
        var whole = soFar with { CompressedLength = soFar.CompressedLength + FinalBlock.Length };
        soFar = default;
        return whole;
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var piece in disposed ? [] : pieces)
        {
            await piece.AbandonAsync();
            piece.Dispose();
        }

        disposed = true;
        await base.DisposeAsync();
    }

    /// <summary>Starts the piece that was filled and writes the oldest, which is the next to be filled.</summary>
    private async ValueTask TurnAsync(CancellationToken cancel)
    {
        if (pieces[filling].Length > 0)
        {
            pieces[filling].Start();
        }

        filling = (filling + 1) % pieces.Length;
        var oldest = pieces[filling];
        if (oldest.Length > 0)
        {
            var compressed = await oldest.CompressedAsync();
            await output.WriteAsync(compressed, cancel);
            soFar = new Deflated(Crc32.Combine(soFar.Crc, oldest.Crc, oldest.Length), soFar.Length + oldest.Length, soFar.CompressedLength + compressed.Length);
            oldest.Clear();
        }
    }
}

/// <summary>What a deflate stream came to.</summary>
/// <param name="Crc">CRC-32 of the bytes before compression.</param>
/// <param name="Length">Bytes before compression.</param>
internal readonly record struct Deflated(uint Crc, long Length, long CompressedLength);
