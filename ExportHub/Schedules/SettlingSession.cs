using Dapper;
using ExportHub.Database;
using ExportHub.Datasets;
using ExportHub.Exports;
using Npgsql;

namespace ExportHub.Schedules;

/// <summary>An occurrence whose export has ended.</summary>
internal sealed record EndedRun
{
    public ExportStatus ExportStatus { get; init; }

    public string? ErrorMessage { get; init; }

    public long Rows { get; init; }

    public long Bytes { get; init; }

    public double Seconds { get; init; }

    public Criteria? Criteria { get; init; }

    public RunFigures Figures => new(Rows, Bytes, Seconds, Criteria?.Columns ?? []);
}

/// <summary>One open occurrence for as long as it is settled: nobody else settles it meanwhile. What is not committed did not happen, and is done again.</summary>
internal sealed class SettlingSession : IAsyncDisposable
{
    private const string Ended = """
        e.status AS export_status, e.error_message, e.rows, e.bytes, coalesce(extract(epoch FROM e.finished_at - e.started_at), 0)::float8 AS seconds, e.criteria
        """;

    private readonly NpgsqlConnection connection;
    private readonly NpgsqlTransaction transaction;

    private SettlingSession(NpgsqlConnection connection, NpgsqlTransaction transaction) => (this.connection, this.transaction) = (connection, transaction);

    public static async Task<SettlingSession> OpenAsync(AppDatabase database, CancellationToken cancel)
    {
        ScheduleColumns.Register();
        var opened = await database.Pool.OpenConnectionAsync(cancel);
        return new SettlingSession(opened, await opened.BeginTransactionAsync(cancel));
    }

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }

    /// <summary>One that runs and whose export has ended, or is held and whose file has expired; null when there is none, or others are at the rest.</summary>
    public async Task<(Occurrence Occurrence, EndedRun Ended)?> TakeEndedAsync(IReadOnlyCollection<Guid> except, CancellationToken cancel)
    {
        const string Sql = $"""
            SELECT {Ended}, {ScheduleColumns.Occurrence}
            FROM exporthub.occurrence AS o
            JOIN exporthub.export AS e ON e.id = o.export_id
            WHERE (o.status = 'running' AND e.status IN ('completed', 'failed', 'canceled', 'expired') OR o.status = 'held' AND e.status = 'expired')
                AND o.id <> ALL(@except)
            ORDER BY e.finished_at
            LIMIT 1
            FOR NO KEY UPDATE OF o SKIP LOCKED
            """;
        var found = await connection.QueryAsync<EndedRun, Occurrence, (Occurrence, EndedRun)?>(
            Command(Sql, new { except = except.ToArray() }, cancel), (ended, occurrence) => (occurrence, ended));
        return found.SingleOrDefault();
    }

    /// <summary>False when it has not this status any more. Whoever else wants it waits.</summary>
    public async Task<bool> TakeAsync(Guid id, OccurrenceStatus status, CancellationToken cancel) => await connection.QuerySingleOrDefaultAsync<bool>(
        Command("SELECT true FROM exporthub.occurrence WHERE id = @id AND status = @status FOR NO KEY UPDATE", new { id, status = ScheduleColumns.Name(status) }, cancel));

    /// <summary>The last completed runs before this one, the latest first, and when the latest of them was asked for.</summary>
    public async Task<(IReadOnlyList<RunFigures> Runs, DateTimeOffset? Latest)> BeforeAsync(Occurrence occurrence, CancellationToken cancel)
    {
        const string Sql = $"""
            SELECT {Ended}, e.requested_at
            FROM exporthub.occurrence AS o
            JOIN exporthub.export AS e ON e.id = o.export_id
            WHERE o.schedule_id = @ScheduleId AND o.status = 'completed' AND o.id <> @Id
            ORDER BY e.requested_at DESC
            LIMIT @Looked
            """;
        var found = (await connection.QueryAsync<EndedRun, DateTime, (RunFigures Figures, DateTime At)>(
            Command(Sql, new { occurrence.ScheduleId, occurrence.Id, GuardRule.Looked }, cancel), (ended, at) => (ended.Figures, at), "requested_at")).ToList();
        return (found.ConvertAll(one => one.Figures), found.Count > 0 ? found[0].At : null);
    }

    /// <summary>It has its end, or is held; a run that did not fail ends the row of failures.</summary>
    public Task SettleAsync(Occurrence occurrence, OccurrenceStatus status, string? reason, CancellationToken cancel)
    {
        const string Sql = """
            UPDATE exporthub.occurrence
            SET status = @status, reason = @reason, settled_at = CASE WHEN @status <> 'held' THEN now() END
            WHERE id = @Id;

            UPDATE exporthub.schedule
            SET failures = 0
            WHERE id = @ScheduleId AND failures > 0 AND @status IN ('completed', 'held');
            """;
        return connection.ExecuteAsync(Command(Sql, new { occurrence.Id, occurrence.ScheduleId, status = ScheduleColumns.Name(status), reason }, cancel));
    }

    /// <summary>Counts a failure; the answer is how many there are in a row.</summary>
    public Task<int> CountFailureAsync(Guid scheduleId, CancellationToken cancel) =>
        connection.QuerySingleAsync<int>(Command("UPDATE exporthub.schedule SET failures = failures + 1 WHERE id = @scheduleId RETURNING failures", new { scheduleId }, cancel));

    /// <summary>False when it is paused or deleted.</summary>
    public async Task<bool> PauseAsync(Guid scheduleId, string reason, CancellationToken cancel)
    {
        const string Sql = """
            UPDATE exporthub.schedule
            SET paused_at = now(), paused_by = NULL, paused_reason = @reason, next_at = NULL, version = version + 1
            WHERE id = @scheduleId AND paused_at IS NULL AND deleted_at IS NULL
            """;
        return await connection.ExecuteAsync(Command(Sql, new { scheduleId, reason }, cancel)) == 1;
    }

    public Task CommitAsync(CancellationToken cancel) => transaction.CommitAsync(cancel);

    private CommandDefinition Command(string sql, object parameters, CancellationToken cancel) => new(sql, parameters, transaction, cancellationToken: cancel);
}
