using Dapper;
using ExportHub.Database;

namespace ExportHub.Exports;

/// <summary>
/// Finds the exports that nobody works on. Any number of instances may ask at once: each row goes to one of them, and a row that is locked is being
/// worked on. One lock for all would let an instance that is frozen while it has it keep all others from going on.
/// </summary>
internal sealed class ForgottenExports(AppDatabase database)
{
    static ForgottenExports() => ExportColumns.Register();

    /// <summary>Dead attempts that will not be repeated get their final status. The answer is how many failed.</summary>
    public async Task<int> CloseDeadAsync(int maxCrashes, CancellationToken cancel)
    {
        const string Sql = """
            UPDATE exporthub.export
            SET status = CASE WHEN cancel_requested THEN 'canceled' ELSE 'failed' END,
                lease_until = NULL, finished_at = now(), crashes = crashes + CASE WHEN cancel_requested THEN 0 ELSE 1 END,
                error_code = CASE WHEN cancel_requested THEN NULL ELSE 'crash_loop' END,
                error_message = CASE WHEN cancel_requested THEN NULL
                    ELSE 'The program ended without a word each time it worked on this export, so it is not tried again. Nothing was saved. An administrator finds more in the log.' END
            WHERE id IN (
                SELECT id
                FROM exporthub.export
                WHERE status = 'running'
                    AND lease_until < now()
                    AND (cancel_requested OR attempts_left = 0 OR crashes + 1 >= @maxCrashes)
                FOR UPDATE SKIP LOCKED)
            RETURNING status
            """;
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        var closed = await connection.QueryAsync<string>(new CommandDefinition(Sql, new { maxCrashes }, cancellationToken: cancel));
        return closed.Count(status => status == "failed");
    }

    /// <summary>
    /// The exports that nobody works on although they are due: queued ones the engine lost, and running ones whose lease ran out.
    /// Naming one marks it as told to the engine; it is named again only after a pause that doubles each time, since in a long queue waiting is no loss.
    /// </summary>
    public async Task<IReadOnlyList<Forgotten>> TakeAsync(TimeSpan grace, CancellationToken cancel)
    {
        const string Sql = """
            UPDATE exporthub.export
            SET alarm_at = now(), alarms = alarms + 1
            WHERE id IN (
                SELECT id
                FROM exporthub.export
                WHERE attempts_left > 0
                    AND NOT cancel_requested
                    AND NOT held
                    AND (status = 'queued' AND due_at <= now()
                        OR status = 'running' AND lease_until < now())
                    AND (alarm_at IS NULL
                        OR alarm_at < lease_until
                        OR alarm_at < now() - @grace * power(2, least(alarms, 8)))
                FOR UPDATE SKIP LOCKED)
            RETURNING id, lane, attempt > 0 AS begun
            """;
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        var forgotten = await connection.QueryAsync<Forgotten>(new CommandDefinition(Sql, new { grace }, cancellationToken: cancel));
        return [.. forgotten];
    }
}

/// <param name="Begun">Whether an attempt worked on it before.</param>
internal sealed record Forgotten(Guid Id, Lane Lane, bool Begun);
