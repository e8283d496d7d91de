using Dapper;
using ExportHub.Access;
using ExportHub.Database;
using ExportHub.Exports;

namespace ExportHub.Schedules;

/// <summary>Reads the times that schedules were due, and those that people add. What the service does with them is in <see cref="FiringStore"/> and <see cref="SettlingSession"/>.</summary>
internal sealed class OccurrenceStore(AppDatabase database, AuditedDatabase audited)
{
    private const int LargestList = 5000;

    static OccurrenceStore() => ScheduleColumns.Register();

    public async Task<Occurrence?> FindAsync(Guid id, CancellationToken cancel) =>
        (await ListAsync($"SELECT {ScheduleColumns.Occurrence} FROM exporthub.occurrence AS o WHERE o.id = @id", new { id }, cancel)).SingleOrDefault();

    /// <summary>Null too when its schedule is not the viewer's to see.</summary>
    public async Task<Occurrence?> FindAsync(Guid id, Viewer viewer, CancellationToken cancel)
    {
        const string Sql = $"""
            SELECT {ScheduleColumns.Occurrence}
            FROM exporthub.occurrence AS o
            JOIN exporthub.schedule AS s ON s.id = o.schedule_id
            WHERE o.id = @id AND s.deleted_at IS NULL AND (@SeesAll OR s.owner = @Name)
            """;
        return (await ListAsync(Sql, new { id, viewer.Name, viewer.SeesAll }, cancel)).SingleOrDefault();
    }

    /// <summary>Those due in [from, to), the earliest first.</summary>
    public Task<IReadOnlyList<Occurrence>> ListAsync(Guid scheduleId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel) => ListAsync(
        $"""
        SELECT {ScheduleColumns.Occurrence}
        FROM exporthub.occurrence AS o
        WHERE o.schedule_id = @scheduleId AND o.due_at >= @from AND o.due_at < @to
        ORDER BY o.due_at
        LIMIT {LargestList}
        """,
        new { scheduleId, from = from.UtcDateTime, to = to.UtcDateTime },
        cancel);

    /// <summary>Of all schedules that the viewer may see, those due in [from, to), the earliest first.</summary>
    public Task<IReadOnlyList<Occurrence>> ListAsync(Viewer viewer, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel) => ListAsync(
        $"""
        SELECT {ScheduleColumns.Occurrence}
        FROM exporthub.occurrence AS o
        JOIN exporthub.schedule AS s ON s.id = o.schedule_id
        WHERE s.deleted_at IS NULL AND (@SeesAll OR s.owner = @Name) AND o.due_at >= @from AND o.due_at < @to
        ORDER BY o.due_at, o.id
        LIMIT {LargestList}
        """,
        new { viewer.Name, viewer.SeesAll, from = from.UtcDateTime, to = to.UtcDateTime },
        cancel);

    /// <summary>Of each of these schedules the one due last, and all that are held.</summary>
    public async Task<ILookup<Guid, Occurrence>> ListLatestAsync(Guid[] schedules, CancellationToken cancel)
    {
        const string Sql = $"""
            SELECT {ScheduleColumns.Occurrence}
            FROM unnest(@schedules) AS wanted (id)
            CROSS JOIN LATERAL (SELECT * FROM exporthub.occurrence WHERE schedule_id = wanted.id ORDER BY due_at DESC LIMIT 1) AS o
            UNION
            SELECT {ScheduleColumns.Occurrence}
            FROM exporthub.occurrence AS o
            WHERE o.status = 'held' AND o.schedule_id = ANY (@schedules)
            """;
        return (await ListAsync(Sql, new { schedules }, cancel)).ToLookup(occurrence => occurrence.ScheduleId);
    }

    /// <summary>The latest of a schedule with what came of them, the last due first.</summary>
    /// <param name="before">Null for the end of the list; else those due earlier.</param>
    public async Task<IReadOnlyList<ScheduleRun>> ListRunsAsync(Guid scheduleId, DateTimeOffset? before, int limit, CancellationToken cancel)
    {
        const string Sql = $"""
            SELECT e.status AS export_status, e.rows, e.bytes, e.file_name, {ScheduleColumns.Occurrence}
            FROM exporthub.occurrence AS o
            LEFT JOIN exporthub.export AS e ON e.id = o.export_id
            WHERE o.schedule_id = @scheduleId AND (@before::timestamptz IS NULL OR o.due_at < @before)
            ORDER BY o.due_at DESC
            LIMIT @limit
            """;
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        var found = await connection.QueryAsync<Came, Occurrence, ScheduleRun>(
            new CommandDefinition(Sql, new { scheduleId, before = before?.UtcDateTime, limit }, cancellationToken: cancel),
            (came, occurrence) => new ScheduleRun(occurrence, came?.ExportStatus, came?.ExportStatus is null ? null : came.Rows, came?.ExportStatus is null ? null : came.Bytes, came?.FileName));
        return [.. found];
    }

    /// <summary>Adds one that is due at this moment by the clock of the database.</summary>
    public Task<Occurrence?> AddNowAsync(Guid id, Guid scheduleId, string askedBy, CancellationToken cancel) => audited.QueryAsync<Occurrence>(
        $"""
        INSERT INTO exporthub.occurrence AS o (id, schedule_id, due_at, origin, asked_by)
        VALUES (@id, @scheduleId, clock_timestamp(), 'now', @askedBy)
        RETURNING {ScheduleColumns.Occurrence}
        """,
        new { id, scheduleId, askedBy },
        cancel);

    /// <summary>Has past times run that were not, or came to nothing; exports that failed for them are their own again. The answer is how many.</summary>
    public async Task<int> AddPastAsync(Guid scheduleId, IReadOnlyList<DateTimeOffset> due, string askedBy, CancellationToken cancel)
    {
        const string Sql = """
            WITH past AS (
                SELECT id, due_at FROM unnest(@ids, @due) AS past (id, due_at)
            ), let_go AS (
                UPDATE exporthub.export AS e
                SET occurrence_id = NULL
                FROM exporthub.occurrence AS o
                JOIN past ON past.due_at = o.due_at
                WHERE o.schedule_id = @scheduleId AND o.status = 'failed' AND e.occurrence_id = o.id AND e.status IN ('failed', 'canceled')
            ), wanted AS (
                INSERT INTO exporthub.occurrence AS o (id, schedule_id, due_at, origin, asked_by)
                SELECT id, @scheduleId, due_at, 'backfill', @askedBy
                FROM past
                ON CONFLICT (schedule_id, due_at) DO UPDATE
                SET status = 'waiting', origin = 'backfill', asked_by = excluded.asked_by, reason = NULL, export_id = NULL, settled_at = NULL,
                    try_at = now(), tries = 0, made_at = now()
                WHERE o.status IN ('failed', 'skipped')
                RETURNING true
            )
            SELECT count(*)::int FROM wanted
            """;
        var parameters = new { scheduleId, askedBy, ids = due.Select(_ => Guid.CreateVersion7()).ToArray(), due = due.Select(at => at.UtcDateTime).ToArray() };
        return await audited.QueryAsync<int>(Sql, parameters, cancel);
    }

    /// <summary>A held one is not delivered. False when it is not held.</summary>
    public Task<bool> DropAsync(Guid id, CancellationToken cancel) =>
        audited.ChangeAsync("UPDATE exporthub.occurrence SET status = 'dropped', settled_at = now() WHERE id = @id AND status = 'held'", new { id }, cancel);

    /// <summary>A held one was delivered. False when it is not held.</summary>
    public Task<bool> ReleaseAsync(Guid id, CancellationToken cancel) =>
        audited.ChangeAsync("UPDATE exporthub.occurrence SET status = 'completed', settled_at = now() WHERE id = @id AND status = 'held'", new { id }, cancel);

    private async Task<IReadOnlyList<Occurrence>> ListAsync(string sql, object parameters, CancellationToken cancel)
    {
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        return [.. await connection.QueryAsync<Occurrence>(new CommandDefinition(sql, parameters, cancellationToken: cancel))];
    }

    private sealed record Came
    {
        public ExportStatus? ExportStatus { get; init; }

        public long? Rows { get; init; }

        public long? Bytes { get; init; }

        public string? FileName { get; init; }
    }
}
