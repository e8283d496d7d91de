using Dapper;
using ExportHub.Database;

namespace ExportHub.Exports;

/// <summary>What is measured on earlier exports and on the queue, for telling what will come.</summary>
internal sealed class ForecastStore(AppDatabase database)
{
    /// <summary>Bytes per row in the newest file of the same dataset, format and compression; null when there was none.</summary>
    public async Task<double?> BytesPerRowAsync(string dataset, string format, string? compression, CancellationToken cancel)
    {
        const string Sql = """
            SELECT bytes::float8 / rows
            FROM exporthub.export
            WHERE dataset = @dataset
                AND format = @format
                AND coalesce(options ->> 'compression', 'none') = coalesce(@compression, 'none')
                AND status IN ('completed', 'expired')
                AND rows >= 100
            ORDER BY id DESC
            LIMIT 1
            """;
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        return await connection.QuerySingleOrDefaultAsync<double?>(
            new CommandDefinition(Sql, new { dataset, format, compression }, cancellationToken: cancel));
    }

    /// <summary>Bytes that accepted exports are expected to write yet, and the bytes of files and exports under way of one person.</summary>
    public async Task<(long Coming, long OfPerson)> BytesAsync(string requestedBy, CancellationToken cancel)
    {
        const string Sql = """
            SELECT
                (SELECT coalesce(sum(greatest(coalesce(estimated_bytes, 0) - bytes, 0)), 0)::bigint
                 FROM exporthub.export
                 WHERE status IN ('queued', 'running')),
                (SELECT coalesce(sum(bytes), 0)::bigint
                 FROM exporthub.export
                 WHERE requested_by = @requestedBy AND status = 'completed')
                + (SELECT coalesce(sum(greatest(coalesce(estimated_bytes, 0), bytes)), 0)::bigint
                   FROM exporthub.export
                   WHERE requested_by = @requestedBy AND status IN ('queued', 'running'))
            """;
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        return await connection.QuerySingleAsync<(long, long)>(new CommandDefinition(Sql, new { requestedBy }, cancellationToken: cancel));
    }

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

    /// <summary>How many exports run and wait: of one person, and of all people in a lane.</summary>
    public async Task<(long MineRunning, long MineWaiting, long Running, long Waiting)> CrowdAsync(string requestedBy, Lane lane, CancellationToken cancel)
    {
        const string Sql = """
            SELECT
                count(*) FILTER (WHERE requested_by = @requestedBy AND status = 'running'),
                count(*) FILTER (WHERE requested_by = @requestedBy AND status = 'queued'),
                count(*) FILTER (WHERE lane = @lane AND status = 'running'),
                count(*) FILTER (WHERE lane = @lane AND status = 'queued' AND due_at <= now() AND NOT held)
            FROM exporthub.export
            WHERE status IN ('queued', 'running')
            """;
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        return await connection.QuerySingleAsync<(long, long, long, long)>(
            new CommandDefinition(Sql, new { requestedBy, lane = lane.ToString().ToLowerInvariant() }, cancellationToken: cancel));
    }

    /// <summary>
    /// Seconds until a queued export has its file: the rows of what runs in its lane and of what is ahead of it, at the pace of the last 20 exports
    /// of the lane, shared among as many as run there now. Null when no export was measured or a size is unknown.
    /// </summary>
    public async Task<double?> SecondsToFileAsync(Guid id, CancellationToken cancel)
    {
        const string Sql = """
            WITH mine AS (
                SELECT id, lane, due_at, requested_by, estimated_rows
                FROM exporthub.export
                WHERE id = @id
                    AND status = 'queued'
                    AND error_code IS NULL
                    AND NOT EXISTS (SELECT FROM exporthub.service_mode WHERE draining)
            ), pace AS (
                SELECT sum(seconds) / nullif(sum(rows), 0) AS per_row, min(seconds) AS least
                FROM (
                    SELECT export.rows, extract(epoch FROM export.finished_at - export.started_at) AS seconds
                    FROM exporthub.export
                    JOIN mine USING (lane)
                    WHERE export.status IN ('completed', 'expired')
                    ORDER BY export.finished_at DESC
                    LIMIT 20
                ) AS recent
            ), ahead AS (
                SELECT coalesce(sum(greatest(coalesce(other.total_rows, other.estimated_rows) - other.rows, 0)), 0) AS rows,
                    count(*) FILTER (WHERE other.status = 'queued') AS queued,
                    greatest(count(*) FILTER (WHERE other.status = 'running'), 1) AS workers
                FROM exporthub.export AS other
                JOIN mine ON other.lane = mine.lane
                WHERE other.id <> mine.id
                    AND (other.status = 'running'
                        OR other.status = 'queued' AND (other.due_at, other.id) < (mine.due_at, mine.id)
                            AND (NOT other.held OR other.requested_by = mine.requested_by))
            )
            SELECT ((ahead.rows * pace.per_row + ahead.queued * pace.least) / ahead.workers
                + greatest(mine.estimated_rows * pace.per_row, pace.least))::float8
            FROM mine, pace, ahead
            """;
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        return await connection.QuerySingleOrDefaultAsync<double?>(new CommandDefinition(Sql, new { id }, cancellationToken: cancel));
    }
}
