using Dapper;
using ExportHub.Access;
using ExportHub.Database;
using ExportHub.Datasets;
using ExportHub.Formats;

namespace ExportHub.Exports;

/// <summary>
/// Reads the export rows and makes the transitions that people ask for. Those of an attempt are in <see cref="AttemptStore"/>,
/// those of the reconciler in <see cref="ReconcileSession"/>. Every transition is one UPDATE that says in its WHERE what it may leave,
/// and has its entry in the audit by a trigger.
/// </summary>
internal sealed class ExportStore(AppDatabase database, AuditedDatabase audited)
{
    static ExportStore() => ExportColumns.Register();

    /// <summary>
    /// Stores a new export as queued. False when the idempotency key is taken, which lasts 24 hours, when the occurrence has its export, or, unless <see cref="NewExport.Insist"/>, when the same person's
    /// identical request is under way; nothing is stored then.
    /// </summary>
    public async Task<bool> InsertAsync(NewExport export, CancellationToken cancel)
    {
        // One transaction, and a snapshot for each statement: whoever waited for the lock sees the row that it waited for.
        const string Sql = """
            SELECT pg_advisory_xact_lock(hashtextextended(@RequestedBy || @RequestHash, 1));

            UPDATE exporthub.export
            SET idempotency_key = NULL
            WHERE requested_by = @RequestedBy
                AND idempotency_key = @IdempotencyKey
                AND requested_at < now() - interval '24 hours';

            INSERT INTO exporthub.export
                (id, requested_by, as_administrator, dataset, definition, criteria, format, options, idempotency_key, request_hash,
                 attempts_left, max_attempts, lane, estimated_rows, estimated_bytes, template_id, template_version, occurrence_id, retention, usual_seconds)
            SELECT
                @Id, @RequestedBy, @AsAdministrator, @DatasetName, @Dataset::jsonb, @Criteria::jsonb, @Format, @Options::jsonb, @IdempotencyKey, @RequestHash,
                @MaxAttempts, @MaxAttempts, @LaneName, @EstimatedRows, @EstimatedBytes, @TemplateId, @TemplateVersion, @OccurrenceId, @Retention::interval,
                (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM recent.finished_at - recent.started_at))
                 FROM (
                    SELECT finished_at, started_at
                    FROM exporthub.export
                    WHERE dataset = @DatasetName
                        AND format = @Format
                        AND status IN ('completed', 'expired')
                    ORDER BY id DESC
                    LIMIT 5
                 ) AS recent)
            WHERE @Insist
                OR NOT EXISTS (
                    SELECT
                    FROM exporthub.export
                    WHERE requested_by = @RequestedBy
                        AND request_hash = @RequestHash
                        AND status IN ('queued', 'running')
                        AND NOT cancel_requested)
            ON CONFLICT DO NOTHING
            RETURNING true;
            """;
        return await audited.QueryAsync<bool>(Sql, export, cancel, before: 1);
    }

    /// <summary>The person's export of the same request that is queued or running; null when there is none.</summary>
    public async Task<Export?> FindUnderWayAsync(string requestedBy, string requestHash, CancellationToken cancel)
    {
        const string Sql = $"""
            {ExportColumns.Select}
            WHERE requested_by = @requestedBy
                AND request_hash = @requestHash
                AND status IN ('queued', 'running')
                AND NOT cancel_requested
            ORDER BY id
            LIMIT 1
            """;
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        return await connection.QuerySingleOrDefaultAsync<Export>(new CommandDefinition(Sql, new { requestedBy, requestHash }, cancellationToken: cancel));
    }

    /// <summary>The export that an occurrence of a schedule made; null before it did.</summary>
    public async Task<Export?> FindByOccurrenceAsync(Guid occurrence, CancellationToken cancel)
    {
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        return await connection.QuerySingleOrDefaultAsync<Export>(
            new CommandDefinition($"{ExportColumns.Select} WHERE occurrence_id = @occurrence", new { occurrence }, cancellationToken: cancel));
    }

    public Task<Export?> FindAsync(Guid id, CancellationToken cancel) => FindAsync(id, Viewer.Everything, cancel);

    /// <summary>Null too when it is somebody else's and the viewer does not see all: one statement, so that both take the same time.</summary>
    public async Task<Export?> FindAsync(Guid id, Viewer viewer, CancellationToken cancel)
    {
        const string Sql = $"{ExportColumns.Select} WHERE id = @id AND (@SeesAll OR requested_by = @Name)";
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        return await connection.QuerySingleOrDefaultAsync<Export>(new CommandDefinition(Sql, new { id, viewer.SeesAll, viewer.Name }, cancellationToken: cancel));
    }

    /// <summary>
    /// As <see cref="FindAsync(Guid, Viewer, CancellationToken)"/>, by the primary key alone and with what changes while an export is under way: no criteria, no place in the queue, of the
    /// dataset only its name.
    /// </summary>
    public async Task<Export?> FindStatusAsync(Guid id, Viewer viewer, CancellationToken cancel)
    {
        const string Sql = $"{ExportColumns.SelectStatus} WHERE id = @id AND (@SeesAll OR requested_by = @Name)";
        await using var connection = await database.Reads.OpenConnectionAsync(cancel);
        return await connection.QuerySingleOrDefaultAsync<Export>(new CommandDefinition(Sql, new { id, viewer.SeesAll, viewer.Name }, cancellationToken: cancel));
    }

    /// <summary>The export that an idempotency key made, with the hash of its request.</summary>
    public async Task<(Guid Id, string RequestHash)?> FindByKeyAsync(string requestedBy, string idempotencyKey, CancellationToken cancel)
    {
        const string Sql = """
            SELECT id, request_hash
            FROM exporthub.export
            WHERE requested_by = @requestedBy
                AND idempotency_key = @idempotencyKey
                AND requested_at >= now() - interval '24 hours'
            """;
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        return await connection.QuerySingleOrDefaultAsync<(Guid, string)?>(
            new CommandDefinition(Sql, new { requestedBy, idempotencyKey }, cancellationToken: cancel));
    }

    /// <summary>Queued becomes canceled; running is asked to stop. False in any other state.</summary>
    /// <param name="act">What an administrator does and why; null for anybody else.</param>
    public async Task<bool> CancelAsync(Guid id, Viewer viewer, AdminAct? act, CancellationToken cancel)
    {
        const string Sql = """
            UPDATE exporthub.export
            SET cancel_requested = true,
                finished_at = CASE WHEN status = 'queued' THEN now() END,
                status = CASE WHEN status = 'queued' THEN 'canceled' ELSE status END,
                held = false
            WHERE id = @id
                AND status IN ('queued', 'running')
                AND (@SeesAll OR requested_by = @Name)
            """;
        return await audited.ChangeAsync(Sql, new { id, viewer.SeesAll, viewer.Name }, cancel, act?.Reason);
    }

    /// <summary>Failed and canceled become queued with all attempts again; the answer is the lane. Null in any other state.</summary>
    /// <param name="act">What an administrator does and why; null for anybody else.</param>
    public async Task<Lane?> RetryAsync(Guid id, Viewer viewer, int maxAttempts, AdminAct? act, CancellationToken cancel)
    {
        const string Sql = """
            UPDATE exporthub.export
            SET status = 'queued', attempts_left = @maxAttempts, max_attempts = @maxAttempts, crashes = 0, cancel_requested = false,
                due_at = now(), alarm_at = now(), alarms = 0,
                finished_at = NULL, started_at = NULL, renewed_at = NULL,
                rows = 0, bytes = 0, total_rows = NULL, total_is_exact = false, percent = 0, warnings = '[]',
                error_code = NULL, error_message = NULL
            WHERE id = @id
                AND status IN ('failed', 'canceled')
                AND (@SeesAll OR requested_by = @Name)
            RETURNING id, lane
            """;
        return (await audited.QueryAsync<(Guid Id, Lane Lane)?>(Sql, new { id, maxAttempts, viewer.SeesAll, viewer.Name }, cancel, act?.Reason))?.Lane;
    }
}

/// <summary>What is stored when an export is asked for.</summary>
internal sealed record NewExport(
    Guid Id, string RequestedBy, DatasetDefinition Dataset, Criteria Criteria, string Format, FormatOptions Options, string? IdempotencyKey,
    string RequestHash, int MaxAttempts)
{
    /// <summary>Wanted although the same person's identical request is under way.</summary>
    public bool Insist { get; init; }

    /// <summary>With an administrator's rights.</summary>
    public bool AsAdministrator { get; init; }

    public Lane Lane { get; init; }

    /// <summary>Null when it could not be told.</summary>
    public long? EstimatedRows { get; init; }

    public long? EstimatedBytes { get; init; }

    /// <summary>Null without a template, as its version is then.</summary>
    public Guid? TemplateId { get; init; }

    public int? TemplateVersion { get; init; }

    /// <summary>Null for what a person or program asked for. One that has an export stores nothing.</summary>
    public Guid? OccurrenceId { get; init; }

    /// <summary>How long the file is kept; null as the setting says when it is published.</summary>
    public TimeSpan? Retention { get; init; }

    public string DatasetName => Dataset.Name;

    public string LaneName => Lane.ToString().ToLowerInvariant();
}
