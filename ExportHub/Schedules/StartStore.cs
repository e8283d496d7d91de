using Dapper;
using ExportHub.Database;

namespace ExportHub.Schedules;

/// <summary>Hands out the occurrences that wait for their export, each to one instance at a time.</summary>
internal sealed class StartStore(AppDatabase database)
{
    /// <summary>How long whoever took one has for it, before another instance may try.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(30);

    static StartStore() => ScheduleColumns.Register();

    /// <summary>The one that waits longest, or the one that is named; null when there is none whose time has come.</summary>
    public async Task<WaitingRun?> TakeAsync(Guid? id, CancellationToken cancel)
    {
        const string Sql = $"""
            UPDATE exporthub.occurrence AS o
            SET try_at = now() + @Turn, tries = o.tries + 1
            WHERE o.id = (
                SELECT id
                FROM exporthub.occurrence
                WHERE status = 'waiting' AND try_at <= now() AND (@id::uuid IS NULL OR id = @id)
                ORDER BY try_at, due_at
                LIMIT 1
                FOR UPDATE SKIP LOCKED)
            RETURNING now() - o.made_at AS age, {ScheduleColumns.Occurrence}
            """;
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        var taken = await connection.QueryAsync<TimeSpan, Occurrence, WaitingRun>(
            new CommandDefinition(Sql, new { id, Turn }, cancellationToken: cancel), (age, occurrence) => new WaitingRun(occurrence, age));
        return taken.SingleOrDefault();
    }

    /// <summary>It has its export. Saying it again after a lost answer does no harm.</summary>
    public Task<bool> StartedAsync(Guid id, Guid exportId, CancellationToken cancel) => database.ChangeAsync(
        "UPDATE exporthub.occurrence SET status = 'running', export_id = @exportId, reason = NULL WHERE id = @id AND status = 'waiting'", new { id, exportId }, cancel);

    /// <summary>It is tried again after a pause that doubles each time.</summary>
    public Task<bool> PostponeAsync(Occurrence occurrence, string reason, CancellationToken cancel) => database.ChangeAsync(
        "UPDATE exporthub.occurrence SET try_at = now() + @pause, reason = @reason WHERE id = @Id AND status = 'waiting'",
        new { occurrence.Id, reason, pause = PauseAfter(occurrence.Tries) },
        cancel);

    /// <summary>It is not run, and that is no failure.</summary>
    public Task<bool> SkipAsync(Guid id, string reason, CancellationToken cancel) => database.ChangeAsync(
        "UPDATE exporthub.occurrence SET status = 'skipped', reason = @reason, settled_at = now() WHERE id = @id AND status = 'waiting'", new { id, reason }, cancel);

    /// <param name="tries">1 or more.</param>
    internal static TimeSpan PauseAfter(int tries) => tries > 5 ? LongestPause : TimeSpan.FromMinutes(1 << (tries - 1));
}

/// <param name="Age">Since it was made.</param>
internal sealed record WaitingRun(Occurrence Occurrence, TimeSpan Age);
