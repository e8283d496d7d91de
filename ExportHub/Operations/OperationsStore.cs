using Dapper;
using ExportHub.Database;
using ExportHub.Exports;

namespace ExportHub.Operations;

/// <summary>What the database knows of the service, asked in one round trip of statements that each go by an index.</summary>
internal sealed class OperationsStore(AppDatabase database)
{
    private const int MostRunning = 100;
    private const int MostWaiting = 20;
    private const int MostActions = 20;

    static OperationsStore() => ExportColumns.Register();

    private const string WholeSql = """
        SELECT now() AS at, intake_paused, draining,
            (SELECT count(*) FROM exporthub.export WHERE status = 'completed') AS files,
            (SELECT coalesce(sum(bytes), 0)::bigint FROM exporthub.export WHERE status = 'completed') AS file_bytes,
            (SELECT coalesce(sum(numbackends), 0)::bigint FROM pg_stat_database) AS connections,
            current_setting('max_connections')::bigint AS max_connections
        FROM exporthub.service_mode;
        """;

    /// <summary>The most silent are kept when there are too many.</summary>
    private const string RunningSql = """
        SELECT id, coalesce(definition ->> 'title', dataset) AS title, format, requested_by, lane, attempt, rows, total_rows, bytes,
            extract(epoch FROM now() - started_at)::float8 AS age_seconds,
            extract(epoch FROM now() - renewed_at)::float8 AS lease_seconds,
            lease_until < now() AS lease_is_over,
            cancel_requested
        FROM exporthub.export
        WHERE status = 'running'
        ORDER BY lease_until
        LIMIT @MostRunning;
        """;

    /// <summary>The held ones must not hide those that nobody holds and nobody takes.</summary>
    private const string WaitingSql = """
        SELECT id, coalesce(definition ->> 'title', dataset) AS title, format, requested_by, lane, requested_at, due_at,
            greatest(0, extract(epoch FROM now() - due_at))::float8 AS wait_seconds, held, error_message
        FROM exporthub.export
        WHERE id IN (
            (SELECT id FROM exporthub.export WHERE status = 'queued' ORDER BY due_at LIMIT @MostWaiting)
            UNION ALL
            (SELECT id FROM exporthub.export WHERE status = 'queued' AND NOT held ORDER BY due_at LIMIT @MostWaiting))
        ORDER BY due_at, id;
        """;

    private const string FailuresSql = """
        SELECT error_code AS code, count(*) AS count, count(*) FILTER (WHERE finished_at > now() - interval '1 hour') AS last_hour,
            max(finished_at) AS newest_at,
            (array_agg(id ORDER BY finished_at DESC))[1] AS newest_id,
            (array_agg(coalesce(definition ->> 'title', dataset) ORDER BY finished_at DESC))[1] AS newest_title,
            (array_agg(error_message ORDER BY finished_at DESC))[1] AS message
        FROM exporthub.export
        WHERE status = 'failed'
            AND finished_at > now() - interval '24 hours'
        GROUP BY error_code
        ORDER BY count DESC, code;
        """;

    private const string ActionsSql = """
        SELECT id, at, coalesce(who, 'ExportHub') AS who, act, export_id, details ->> 'reason' AS reason
        FROM exporthub.audit
        WHERE details ? 'reason'
            AND act IN ('cancel', 'retry', 'pause', 'resume', 'drain', 'undrain')
        ORDER BY id DESC
        LIMIT @MostActions;
        """;

    public async Task<OperationsFacts> ReadAsync(CancellationToken cancel)
    {
        const string Sql = WholeSql + LaneFigures.Sql + RunningSql + WaitingSql + FailuresSql + HourFigures.Sql + DatasetRoom.Sql + ActionsSql + UsageFigures.Sql + PersonRoom.Sql;
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        await using var read = await connection.QueryMultipleAsync(
            new CommandDefinition(Sql, new { MostRunning, MostWaiting, MostActions }, cancellationToken: cancel));
        return new OperationsFacts(
            await read.ReadSingleAsync<WholeFacts>(),
            LaneFigures.Complete(await read.ReadAsync<LaneFigures>()),
            [.. await read.ReadAsync<RunningExport>()],
            [.. await read.ReadAsync<WaitingExport>()],
            [.. await read.ReadAsync<FailureGroup>()],
            [.. await read.ReadAsync<HourFigures>()],
            [.. await read.ReadAsync<DatasetRoom>()],
            [.. await read.ReadAsync<AdminActEntry>()],
            await read.ReadSingleAsync<UsageFigures>(),
            [.. await read.ReadAsync<PersonRoom>()]);
    }
}

internal sealed record WholeFacts(
    DateTimeOffset At, bool IntakePaused, bool Draining, long Files, long FileBytes, long Connections, long MaxConnections);

/// <summary>What was read, before anything is concluded from it.</summary>
internal sealed record OperationsFacts(
    WholeFacts Whole,
    IReadOnlyList<LaneFigures> Lanes,
    IReadOnlyList<RunningExport> Running,
    IReadOnlyList<WaitingExport> Waiting,
    IReadOnlyList<FailureGroup> Failures,
    IReadOnlyList<HourFigures> Hours,
    IReadOnlyList<DatasetRoom> Storage,
    IReadOnlyList<AdminActEntry> Actions,
    UsageFigures Usage,
    IReadOnlyList<PersonRoom> People);
