using System.Buffers.Binary;
using ExportHub.Formats.Compression;

namespace ExportHub.Formats;

/// <summary>Compresses what another writer writes (RFC 1952), as it is written.</summary>
internal sealed class GzipRowWriter : IRowWriter
{
    // ID1, ID2, deflate, no flags, no time, no hint, unknown system (RFC 1952, 2.3): the same rows make the same file.
    private static readonly byte[] Header = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255];

    private readonly Stream output;
    private readonly ParallelDeflate deflate;
    private readonly IRowWriter inner;

    public GzipRowWriter(Stream output, Func<Stream, IRowWriter> writer)
    {
        this.output = output;
        deflate = new ParallelDeflate(output);
        inner = writer(deflate);
    }

    public async ValueTask StartAsync(CancellationToken cancel)
    {
        await output.WriteAsync(Header, cancel);
        await inner.StartAsync(cancel);
    }

    public ValueTask WriteAsync(RawRow row, CancellationToken cancel) => inner.WriteAsync(row, cancel);

    public async ValueTask<WriterReport> FinishAsync(CancellationToken cancel)
    {
        var report = await inner.FinishAsync(cancel);
        var whole = await deflate.FinishAsync(cancel);
        var trailer = new byte[2 * sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, whole.Crc);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer.AsSpan(sizeof(uint)), (uint)whole.Length);
        await output.WriteAsync(trailer, cancel);
        return report;
    }

    public async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        await deflate.DisposeAsync();
    }
}
