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
    /// The places of all that is queued and the seconds until each has its file: the rows of what runs in its lane and of what is ahead of it, at the pace of the last
    /// 20 exports of the lane, shared among as many as run there now.
    /// </summary>
    public async Task<QueueFigures> QueueAsync(CancellationToken cancel)
    {
        const string Sql = """
            SELECT EXISTS (SELECT FROM exporthub.service_mode WHERE draining);

            WITH pace AS (
                SELECT lane.lane, sum(recent.seconds) / nullif(sum(recent.rows), 0) AS per_row, min(recent.seconds) AS least
                FROM (VALUES ('interactive'), ('bulk')) AS lane (lane)
                CROSS JOIN LATERAL (
                    SELECT rows, extract(epoch FROM finished_at - started_at) AS seconds
                    FROM exporthub.export
                    WHERE export.lane = lane.lane
                        AND status IN ('completed', 'expired')
                    ORDER BY finished_at DESC
                    LIMIT 20
                ) AS recent
                GROUP BY lane.lane
            ), running AS (
                SELECT lane, count(*) AS workers, sum(greatest(coalesce(total_rows, estimated_rows) - rows, 0)) AS rows
                FROM exporthub.export
                WHERE status = 'running'
                GROUP BY lane
            ), queued AS (
                SELECT id, lane, estimated_rows,
                    count(*) FILTER (WHERE NOT held) OVER everybody + count(*) FILTER (WHERE held) OVER own AS position,
                    coalesce(sum(estimated_rows) FILTER (WHERE NOT held) OVER everybody, 0) + coalesce(sum(estimated_rows) FILTER (WHERE held) OVER own, 0)
                        - coalesce(estimated_rows, 0) AS rows
                FROM exporthub.export
                WHERE status = 'queued'
                WINDOW everybody AS (PARTITION BY lane ORDER BY due_at, id), own AS (PARTITION BY lane, requested_by ORDER BY due_at, id)
            )
            SELECT queued.id, queued.position,
                (((queued.rows + coalesce(running.rows, 0)) * pace.per_row + (queued.position - 1) * pace.least) / greatest(coalesce(running.workers, 0), 1)
                    + greatest(queued.estimated_rows * pace.per_row, pace.least))::float8 AS seconds
            FROM queued
            LEFT JOIN pace USING (lane)
            LEFT JOIN running USING (lane)
            """;
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(Sql, cancellationToken: cancel));
        var draining = await results.ReadSingleAsync<bool>();
        return new QueueFigures(draining, (await results.ReadAsync<QueuePlace>()).ToDictionary(place => place.Id));
    }
}
