using Dapper;
using ExportHub.Database;

namespace ExportHub.Exports;

/// <summary>What a preview reads of earlier exports and of those under way.</summary>
internal sealed class PreflightStore(AppDatabase database)
{
    /// <summary>
    /// What the last exports of the same dataset, format and compression took: seconds for each row, of those that were large enough to tell, and the
    /// least of all. Null what was never measured.
    /// </summary>
    public async Task<(double? PerRow, double? Least)> PaceAsync(string dataset, string format, string? compression, CancellationToken cancel)
    {
        const string Sql = """
            SELECT (sum(seconds) FILTER (WHERE rows >= 10000) / nullif(sum(rows) FILTER (WHERE rows >= 10000), 0))::float8, min(seconds)::float8
            FROM (
                SELECT rows, extract(epoch FROM finished_at - started_at) AS seconds
                FROM exporthub.export
                WHERE dataset = @dataset
                    AND format = @format
                    AND coalesce(options ->> 'compression', 'none') = coalesce(@compression, 'none')
                    AND status IN ('completed', 'expired')
                ORDER BY id DESC
                LIMIT 20
            ) AS recent
            """;
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        return await connection.QuerySingleAsync<(double?, double?)>(
            new CommandDefinition(Sql, new { dataset, format, compression }, cancellationToken: cancel));
    }

    /// <summary>How many exports run and wait: of one person, and of all people in each lane.</summary>
    public async Task<(long MineRunning, long MineWaiting, long Running, long Waiting, long BulkRunning, long BulkWaiting)> CrowdAsync(string requestedBy, CancellationToken cancel)
    {
        const string Sql = """
            SELECT
                count(*) FILTER (WHERE requested_by = @requestedBy AND status = 'running'),
                count(*) FILTER (WHERE requested_by = @requestedBy AND status = 'queued'),
                count(*) FILTER (WHERE lane = 'interactive' AND status = 'running'),
                count(*) FILTER (WHERE lane = 'interactive' AND status = 'queued' AND due_at <= now() AND NOT held),
                count(*) FILTER (WHERE lane = 'bulk' AND status = 'running'),
                count(*) FILTER (WHERE lane = 'bulk' AND status = 'queued' AND due_at <= now() AND NOT held)
            FROM exporthub.export
            WHERE status IN ('queued', 'running')
            """;
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        return await connection.QuerySingleAsync<(long, long, long, long, long, long)>(new CommandDefinition(Sql, new { requestedBy }, cancellationToken: cancel));
    }
}
