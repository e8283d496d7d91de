using Dapper;
using ExportHub.Database;
using ExportHub.Datasets;
using ExportHub.Formats;

namespace ExportHub.Exports;

/// <summary>
/// Reads the export rows and makes the transitions that people ask for. Those of an attempt are in <see cref="AttemptStore"/>,
/// those of the reconciler in <see cref="ReconcileSession"/>. Every transition is one UPDATE that says in its WHERE what it may leave.
/// </summary>
internal sealed class ExportStore(AppDatabase database)
{
    static ExportStore() => ExportColumns.Register();

    /// <summary>Stores a new export as queued. False when the idempotency key is taken; nothing is stored then.</summary>
    public Task<bool> InsertAsync(NewExport export, CancellationToken cancel)
    {
        const string Sql = """
            INSERT INTO exporthub.export
                (id, dataset, definition, criteria, format, options, idempotency_key, request_hash, attempts_left)
            VALUES
                (@Id, @DatasetName, @Dataset::jsonb, @Criteria::jsonb, @Format, @Options::jsonb, @IdempotencyKey, @RequestHash, @MaxAttempts)
            ON CONFLICT (idempotency_key) DO NOTHING
            """;
        return database.ChangeAsync(Sql, export, cancel);
    }

    public async Task<Export?> FindAsync(Guid id, CancellationToken cancel)
    {
        const string Sql = $"{ExportColumns.Select} WHERE id = @id";
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        return await connection.QuerySingleOrDefaultAsync<Export>(new CommandDefinition(Sql, new { id }, cancellationToken: cancel));
    }

    /// <summary>The export that an idempotency key made, with the hash of its request.</summary>
    public async Task<(Guid Id, string RequestHash)?> FindByKeyAsync(string idempotencyKey, CancellationToken cancel)
    {
        const string Sql = "SELECT id, request_hash FROM exporthub.export WHERE idempotency_key = @idempotencyKey";
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        return await connection.QuerySingleOrDefaultAsync<(Guid, string)?>(
            new CommandDefinition(Sql, new { idempotencyKey }, cancellationToken: cancel));
    }

    /// <summary>Newest first, one more than a page so that the caller knows whether there are more.</summary>
    public async Task<IReadOnlyList<Export>> ListAsync(HistoryFilter filter, CancellationToken cancel)
    {
        const string Sql = $"""
            {ExportColumns.Select}
            WHERE (@Dataset::text IS NULL OR dataset = @Dataset)
                AND (@Status::text IS NULL OR status = @Status)
                AND (@Before::uuid IS NULL OR id < @Before)
            ORDER BY id DESC
            LIMIT @Limit
            """;
        var parameters = new { filter.Dataset, Status = filter.Status?.ToString().ToLowerInvariant(), filter.Before, Limit = filter.Size + 1 };
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        return [.. await connection.QueryAsync<Export>(new CommandDefinition(Sql, parameters, cancellationToken: cancel))];
    }

    /// <summary>Queued becomes canceled; running is asked to stop. False in any other state.</summary>
    public Task<bool> CancelAsync(Guid id, CancellationToken cancel) => database.ChangeAsync(
        """
        UPDATE exporthub.export
        SET cancel_requested = true,
            finished_at = CASE WHEN status = 'queued' THEN now() END,
            status = CASE WHEN status = 'queued' THEN 'canceled' ELSE status END
        WHERE id = @id
            AND status IN ('queued', 'running')
        """,
        new { id },
        cancel);

    /// <summary>Failed and canceled become queued with all attempts again. False in any other state.</summary>
    public Task<bool> RetryAsync(Guid id, int maxAttempts, CancellationToken cancel) => database.ChangeAsync(
        """
        UPDATE exporthub.export
        SET status = 'queued', attempts_left = @maxAttempts, cancel_requested = false,
            due_at = now(), alarm_at = now(), alarms = 0,
            finished_at = NULL, started_at = NULL, renewed_at = NULL,
            rows = 0, bytes = 0, total_rows = NULL, total_is_exact = false, warnings = '[]',
            error_code = NULL, error_message = NULL
        WHERE id = @id
            AND status IN ('failed', 'canceled')
        """,
        new { id, maxAttempts },
        cancel);
}

/// <summary>What is stored when an export is asked for.</summary>
internal sealed record NewExport(
    Guid Id, DatasetDefinition Dataset, Criteria Criteria, string Format, FormatOptions Options, string? IdempotencyKey, string RequestHash, int MaxAttempts)
{
    public string DatasetName => Dataset.Name;
}
