using System.IO.Compression;

namespace ExportHub.Formats;

/// <summary>Compresses what another writer writes (RFC 1952), as it is written.</summary>
internal sealed class GzipRowWriter : IRowWriter
{
    private readonly Gate gate;
    private readonly GZipStream gzip;
    private readonly IRowWriter inner;

    public GzipRowWriter(Stream output, Func<Stream, IRowWriter> writer)
    {
        gate = new Gate(output);
        gzip = new GZipStream(gate, CompressionLevel.Fastest, leaveOpen: true);
        inner = writer(gzip);
    }

    public ValueTask StartAsync(CancellationToken cancel) => inner.StartAsync(cancel);

    public ValueTask WriteAsync(RawRow row, CancellationToken cancel) => inner.WriteAsync(row, cancel);

    public async ValueTask<WriterReport> FinishAsync(CancellationToken cancel)
    {
        var report = await inner.FinishAsync(cancel);
        await gzip.DisposeAsync();
        return report;
    }

    public async ValueTask DisposeAsync()
    {
        gate.Shut();
        await inner.DisposeAsync();
        await gzip.DisposeAsync();
        await gate.DisposeAsync();
    }
}
