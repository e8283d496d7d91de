using ExportHub.Exports;

namespace ExportHub.Operations;

/// <summary>What a lane is doing, on all instances together.</summary>
/// <param name="Queued">Also those that wait for a later time or are held.</param>
/// <param name="OldestWaitSeconds">How long the longest has waited since it could have started; 0 when none does.</param>
/// <param name="OldestLeaseSeconds">Seconds since the running attempt that has been silent the longest gave a sign of life; 0 when none runs.</param>
internal sealed record LaneFigures(Lane Lane, long Queued, long Running, double OldestWaitSeconds, double OldestLeaseSeconds)
{
    /// <summary>One row for each lane in which something is under way. The WHERE is that of the index export_under_way.</summary>
    public const string Sql = """
        SELECT lane,
            count(*) FILTER (WHERE status = 'queued') AS queued,
            count(*) FILTER (WHERE status = 'running') AS running,
            coalesce(extract(epoch FROM max(now() - due_at) FILTER (WHERE status = 'queued' AND due_at <= now())), 0)::float8 AS oldest_wait_seconds,
            coalesce(extract(epoch FROM max(now() - renewed_at) FILTER (WHERE status = 'running')), 0)::float8 AS oldest_lease_seconds
        FROM exporthub.export
        WHERE status IN ('queued', 'running')
        GROUP BY lane;
        """;

    /// <summary>Every lane, with zeros where nothing is under way.</summary>
    public static IReadOnlyList<LaneFigures> Complete(IEnumerable<LaneFigures> read)
    {
        var known = read.ToDictionary(figures => figures.Lane);
        return [.. Enum.GetValues<Lane>().Select(lane => known.GetValueOrDefault(lane) ?? new LaneFigures(lane, 0, 0, 0, 0))];
    }
}
