using Dapper;
using ExportHub.Database;
using Npgsql;

namespace ExportHub.Schedules;

/// <summary>One schedule that is due, for as long as it is fired: nobody else fires or changes it meanwhile. What is not committed did not happen.</summary>
internal sealed class FiringSession : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;
    private readonly NpgsqlTransaction transaction;

    private FiringSession(NpgsqlConnection connection, NpgsqlTransaction transaction, DueSchedule due) => (this.connection, this.transaction, Due) = (connection, transaction, due);

    public DueSchedule Due { get; }

    /// <summary>The one that is due longest by the clock of the database; null when there is none, or others are at the rest.</summary>
    public static async Task<FiringSession?> TryTakeAsync(AppDatabase database, IReadOnlyCollection<Guid> except, CancellationToken cancel)
    {
        const string Sql = """
            SELECT id, next_at, now() AS now
            FROM exporthub.schedule
            WHERE next_at <= now() AND id <> ALL(@except)
            ORDER BY next_at
            LIMIT 1
            FOR NO KEY UPDATE SKIP LOCKED
            """;
        ScheduleColumns.Register();
        var opened = await database.Pool.OpenConnectionAsync(cancel);
        try
        {
            var begun = await opened.BeginTransactionAsync(cancel);
            if (await opened.QuerySingleOrDefaultAsync<DueSchedule>(new CommandDefinition(Sql, new { except = except.ToArray() }, begun, cancellationToken: cancel)) is { } due)
            {
                return new FiringSession(opened, begun, due);
            }

            await opened.DisposeAsync();
            return null;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }

    /// <summary>All of it.</summary>
    public Task<Schedule> ReadAsync(CancellationToken cancel) =>
        connection.QuerySingleAsync<Schedule>(new CommandDefinition($"{ScheduleColumns.Select} WHERE s.id = @Id", new { Due.Id }, transaction, cancellationToken: cancel));

    /// <summary>Makes the rows, each once: one that is there already stays as it is.</summary>
    public Task AddAsync(IReadOnlyList<DueRun> runs, CancellationToken cancel)
    {
        const string Sql = """
            INSERT INTO exporthub.occurrence (id, schedule_id, due_at, status, reason, settled_at)
            SELECT id, @Id, due_at, CASE WHEN skipped IS NULL THEN 'waiting' ELSE 'skipped' END, skipped, CASE WHEN skipped IS NOT NULL THEN now() END
            FROM unnest(@ids, @due, @skipped) AS run (id, due_at, skipped)
            ON CONFLICT (schedule_id, due_at) DO NOTHING
            """;
        var parameters = new
        {
            Due.Id, ids = runs.Select(_ => Guid.CreateVersion7()).ToArray(), due = runs.Select(run => run.DueAt.UtcDateTime).ToArray(), skipped = runs.Select(run => run.Skipped).ToArray(),
        };
        return connection.ExecuteAsync(new CommandDefinition(Sql, parameters, transaction, cancellationToken: cancel));
    }

    /// <summary>The last act: what was added is due now, and the schedule is next due then.</summary>
    public async Task CommitAsync(DateTimeOffset? nextAt, CancellationToken cancel)
    {
        await connection.ExecuteAsync(new CommandDefinition(
            "UPDATE exporthub.schedule SET next_at = @nextAt WHERE id = @Id", new { Due.Id, nextAt }, transaction, cancellationToken: cancel));
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Instead of it: the time that was due has failed, and there will be no other until somebody looks after it.</summary>
    public async Task PauseAsync(string reason, CancellationToken cancel)
    {
        const string Sql = """
            INSERT INTO exporthub.occurrence (id, schedule_id, due_at, status, reason, settled_at)
            VALUES (@occurrence, @Id, @NextAt, 'failed', @reason, now())
            ON CONFLICT (schedule_id, due_at) DO NOTHING;

            UPDATE exporthub.schedule
            SET paused_at = now(), paused_by = NULL, paused_reason = @reason, next_at = NULL, failures = failures + 1, version = version + 1
            WHERE id = @Id;
            """;
        var parameters = new { Due.Id, Due.NextAt, occurrence = Guid.CreateVersion7(), reason };
        await connection.ExecuteAsync(new CommandDefinition(Sql, parameters, transaction, cancellationToken: cancel));
        await transaction.CommitAsync(cancel);
    }
}

/// <param name="Now">By the clock of the database.</param>
internal sealed record DueSchedule(Guid Id, DateTimeOffset NextAt, DateTimeOffset Now);

/// <param name="Skipped">Why it is not run; null when it is.</param>
internal sealed record DueRun(DateTimeOffset DueAt, string? Skipped = null);
