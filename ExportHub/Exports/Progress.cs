using ExportHub.Datasets;

namespace ExportHub.Exports;

/// <summary>How far an attempt is: written by the copying loop, read by the lease once a second.</summary>
internal sealed class Progress
{
    private long rows;
    private long bytes;
    private Snapshot? snapshot;

    public long Rows => Volatile.Read(ref rows);

    public long Bytes => Volatile.Read(ref bytes);

    public void Advance(long rowsSoFar, long bytesSoFar)
    {
        Volatile.Write(ref rows, rowsSoFar);
        Volatile.Write(ref bytes, bytesSoFar);
    }

    /// <summary>The total may become exact later: it is read whenever the progress is.</summary>
    public void Begin(RowTally tally, DateTimeOffset asOf) => Volatile.Write(ref snapshot, new Snapshot(tally, asOf));

    public (long Rows, long Bytes, RowCount? Total, DateTimeOffset? AsOf) Read()
    {
        var known = Volatile.Read(ref snapshot);
        return (Volatile.Read(ref rows), Volatile.Read(ref bytes), known?.Tally.Total, known?.AsOf);
    }

    private sealed record Snapshot(RowTally Tally, DateTimeOffset AsOf);
}
