namespace ExportHub.Operations;

/// <summary>What was finished in one hour.</summary>
/// <param name="Hour">Its start.</param>
/// <param name="Exports">Files published.</param>
/// <param name="Rows">In these files.</param>
/// <param name="WaitSeconds">Median from the request to the start of the attempt that succeeded; null when there was none.</param>
internal sealed record HourFigures(DateTimeOffset Hour, long Exports, long Rows, double? WaitSeconds)
{
    /// <summary>The last 24 hours, the one that runs among them; every hour has a row.</summary>
    public const string Sql = """
        SELECT hour, coalesce(done.exports, 0) AS exports, coalesce(done.rows, 0) AS rows, done.wait_seconds
        FROM generate_series(date_trunc('hour', now()) - interval '23 hours', date_trunc('hour', now()), interval '1 hour') AS hour
        LEFT JOIN (
            SELECT date_trunc('hour', finished_at) AS hour, count(*) AS exports, sum(rows)::bigint AS rows,
                percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM started_at - requested_at)) AS wait_seconds
            FROM exporthub.export
            WHERE lane IN ('interactive', 'bulk')
                AND status IN ('completed', 'expired')
                AND finished_at >= date_trunc('hour', now()) - interval '23 hours'
            GROUP BY 1
        ) AS done USING (hour)
        ORDER BY hour;
        """;
}

/// <summary>The room that the files of one dataset take.</summary>
internal sealed record DatasetRoom(string Dataset, long Files, long Bytes)
{
    /// <summary>The largest five.</summary>
    public const string Sql = """
        SELECT max(coalesce(definition ->> 'title', dataset)) AS dataset, count(*) AS files, sum(bytes)::bigint AS bytes
        FROM exporthub.export
        WHERE status = 'completed'
        GROUP BY export.dataset
        ORDER BY bytes DESC, dataset
        LIMIT 5;
        """;
}
