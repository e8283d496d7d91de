using System.Text.Json;
using Dapper;
using ExportHub.Database;
using ExportHub.Datasets;

namespace ExportHub.Exports;

/// <summary>
/// The transitions of an attempt. Each is a compare-and-set on (id, attempt) by database time; false means the attempt is fenced:
/// another one took over or the export is over, and this one may only clean up after itself.
/// </summary>
internal sealed class AttemptStore(AppDatabase database)
{
    static AttemptStore() => ExportColumns.Register();

    /// <summary>
    /// Starts the next attempt of a queued export, or of a running one whose lease ran out. The counts go up before any work, so an export
    /// that kills its process stops after <see cref="ExportsOptions.MaxCrashes"/>. Null when there is nothing to do, and when the person has as
    /// many running as one may have or an administrator holds the work: the export is marked as held then, for <see cref="TakeFreedAsync"/>.
    /// </summary>
    public async Task<int?> ClaimAsync(Guid id, ExportsOptions options, CancellationToken cancel)
    {
        // One transaction, and a snapshot for each statement: whoever waited for the lock sees the claim that it waited for.
        const string Sql = """
            SELECT pg_advisory_xact_lock(hashtextextended(requested_by, 0))
            FROM exporthub.export
            WHERE id = @id;

            UPDATE exporthub.export
            SET held = NOT held
            WHERE id = @id
                AND status = 'queued'
                AND due_at <= now() + interval '1 second'
                AND held <> (EXISTS (SELECT FROM exporthub.service_mode WHERE draining)
                    OR @RunningPerUser <= (
                        SELECT count(*)
                        FROM exporthub.export AS other
                        WHERE other.requested_by = export.requested_by AND other.status = 'running' AND other.lease_until >= now()));

            UPDATE exporthub.export
            SET status = 'running', attempt = attempt + 1, attempts_left = attempts_left - 1,
                crashes = crashes + CASE WHEN status = 'running' THEN 1 ELSE 0 END,
                lease_until = now() + @Lease, started_at = now(), renewed_at = now(), alarms = 0,
                rows = 0, bytes = 0, total_rows = NULL, total_is_exact = false, percent = 0, data_as_of = NULL,
                error_code = NULL, error_message = NULL
            WHERE id = @id
                AND attempts_left > 0
                AND NOT cancel_requested
                AND (status = 'queued' AND due_at <= now() + interval '1 second' AND NOT held
                    OR status = 'running' AND lease_until < now() AND crashes + 1 < @MaxCrashes)
            RETURNING attempt;
            """;
        var parameters = new { id, options.Lease, options.RunningPerUser, options.MaxCrashes };
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(Sql, parameters, cancellationToken: cancel));
        await results.ReadAsync();
        return await results.ReadSingleOrDefaultAsync<int?>();
    }

    /// <summary>The held exports that may start by now. Naming one lets it go: the caller tells the engine.</summary>
    public async Task<IReadOnlyList<(Guid Id, Lane Lane)>> TakeFreedAsync(int runningPerUser, CancellationToken cancel)
    {
        const string Sql = """
            UPDATE exporthub.export
            SET held = false, alarm_at = now()
            WHERE held
                AND id IN (
                    SELECT id
                    FROM (
                        SELECT id, requested_by, row_number() OVER (PARTITION BY requested_by ORDER BY due_at, id) AS place
                        FROM exporthub.export
                        WHERE held AND due_at <= now() AND NOT EXISTS (SELECT FROM exporthub.service_mode WHERE draining)
                    ) AS waiting
                    WHERE place <= @runningPerUser - (
                        SELECT count(*)
                        FROM exporthub.export AS other
                        WHERE other.requested_by = waiting.requested_by AND other.status = 'running' AND other.lease_until >= now()))
            RETURNING id, lane
            """;
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        return [.. await connection.QueryAsync<(Guid, Lane)>(new CommandDefinition(Sql, new { runningPerUser }, cancellationToken: cancel))];
    }

    /// <summary>Lengthens the lease and writes the progress.</summary>
    public async Task<Renewal> RenewAsync(AttemptId attempt, Progress progress, TimeSpan lease, CancellationToken cancel)
    {
        const string Sql = """
            UPDATE exporthub.export
            SET lease_until = now() + @lease, renewed_at = now(),
                rows = @Rows, bytes = @Bytes, total_rows = @TotalRows, total_is_exact = @TotalIsExact, data_as_of = @DataAsOf,
                percent = greatest(percent, @Percent)
            WHERE id = @Id
                AND attempt = @Number
                AND status = 'running'
            RETURNING cancel_requested
            """;
        var (rows, bytes, total, asOf) = progress.Read();
        var parameters = new
        {
            attempt.Id, attempt.Number, lease, rows, bytes, TotalRows = total?.Rows, TotalIsExact = total?.Exact ?? false, DataAsOf = asOf,
            // Where none are expected, the first look says nothing yet.
            Percent = total is { Rows: > 0 } expected ? ProgressPart.PercentOf(rows, expected.Rows) : 0,
        };
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        return await connection.QuerySingleOrDefaultAsync<bool?>(new CommandDefinition(Sql, parameters, cancellationToken: cancel)) switch
        {
            null => Renewal.Fenced,
            true => Renewal.CancelAsked,
            false => Renewal.GoOn,
        };
    }

    /// <summary>
    /// The commit point: from here on the export is completed and the file is real. Saying it again after a lost answer is true again.
    /// </summary>
    public Task<bool> PublishAsync(AttemptId attempt, PublishedFile file, TimeSpan retention, CancellationToken cancel) => database.ChangeAsync(
        """
        UPDATE exporthub.export
        SET status = 'completed', lease_until = NULL,
            finished_at = coalesce(finished_at, now()), expires_at = coalesce(expires_at, now() + coalesce(retention, @retention)), renewed_at = now(),
            rows = @Rows, total_rows = @Rows, total_is_exact = true, selected_rows = @SelectedRows, not_counted = @NotCounted,
            bytes = @Bytes, data_as_of = @AsOf, receipt = @Receipt::jsonb, scope = @Scope::jsonb,
            file_key = @Key, file_name = @Name, content_type = @ContentType, sha256 = @Sha256, warnings = @Warnings::jsonb
        WHERE id = @Id
            AND attempt = @Number
            AND (status = 'running' AND NOT cancel_requested
                OR status = 'completed' AND file_key = @Key)
        """,
        new
        {
            attempt.Id, attempt.Number, retention, file.Rows, file.Bytes, file.AsOf, file.Key, file.Name, file.ContentType, file.Sha256,
            file.Warnings, file.Receipt, file.Scope, SelectedRows = file.Selected.Rows,
            NotCounted = file.Selected.NotCounted is { } reason ? JsonNamingPolicy.CamelCase.ConvertName(reason.ToString()) : null,
        },
        cancel);

    public Task<bool> FailAsync(AttemptId attempt, ExportError error, CancellationToken cancel) => database.ChangeAsync(
        """
        UPDATE exporthub.export
        SET status = 'failed', lease_until = NULL, finished_at = now(), error_code = @Code, error_message = @Message
        WHERE id = @Id
            AND attempt = @Number
            AND status = 'running'
        """,
        new { attempt.Id, attempt.Number, error.Code, error.Message },
        cancel);

    public Task<bool> CancelAsync(AttemptId attempt, CancellationToken cancel) => database.ChangeAsync(
        """
        UPDATE exporthub.export
        SET status = 'canceled', lease_until = NULL, finished_at = now()
        WHERE id = @Id
            AND attempt = @Number
            AND status = 'running'
        """,
        new { attempt.Id, attempt.Number },
        cancel);

    /// <summary>Back to queued after a transient failure; the caller enqueues. False too when no attempts are left.</summary>
    public Task<bool> PostponeAsync(AttemptId attempt, ExportError error, TimeSpan delay, CancellationToken cancel) => database.ChangeAsync(
        """
        UPDATE exporthub.export
        SET status = 'queued', lease_until = NULL, due_at = now() + @delay, alarm_at = now() + @delay,
            error_code = @Code, error_message = @Message
        WHERE id = @Id
            AND attempt = @Number
            AND status = 'running'
            AND attempts_left > 0
        """,
        new { attempt.Id, attempt.Number, error.Code, error.Message, delay },
        cancel);

    /// <summary>Back to queued because this instance stops: the attempt does not count, and the reconciler enqueues at once.</summary>
    public Task<bool> ReleaseAsync(AttemptId attempt, CancellationToken cancel) => database.ChangeAsync(
        """
        UPDATE exporthub.export
        SET status = 'queued', lease_until = NULL, attempts_left = attempts_left + 1, due_at = now(), alarm_at = NULL
        WHERE id = @Id
            AND attempt = @Number
            AND status = 'running'
        """,
        new { attempt.Id, attempt.Number },
        cancel);
}

/// <summary>One try of a worker; the number is the fencing token.</summary>
internal readonly record struct AttemptId(Guid Id, int Number);

internal enum Renewal
{
    GoOn,
    CancelAsked,

    /// <summary>The row is no longer this attempt's.</summary>
    Fenced,
}

/// <param name="Key">The name in the file store.</param>
/// <param name="Name">What a download is called.</param>
/// <param name="Sha256">Lower-case hexadecimal.</param>
internal sealed record PublishedFile(
    string Key, string Name, string ContentType, long Rows, long Bytes, string Sha256, DateTimeOffset AsOf, IReadOnlyList<string> Warnings,
    SelectedRows Selected, ReceiptFacts Receipt)
{
    /// <summary>Which rows the person may see who asked for it.</summary>
    public RowScope Scope { get; init; } = RowScope.AllRows;
}
