using Dapper;
using Npgsql;

namespace ExportHub.Database;

/// <summary>
/// Brings schema exporthub up to date. Each script runs once, whole or not at all, whichever of several apps comes first; what was applied
/// is recorded in exporthub.migration. Scripts that a newer version has applied and this one does not know are left alone.
/// </summary>
internal sealed partial class Migrator(IReadOnlyList<SqlScript> scripts, ILogger<Migrator> log)
{
    /// <exception cref="InvalidOperationException">An applied script has been changed since, or two scripts have one number.</exception>
    public async Task RunAsync(NpgsqlDataSource pool, CancellationToken cancel)
    {
        if (scripts.GroupBy(script => script.Number).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new InvalidOperationException($"Two migrations have the number {twice.Key}: {string.Join(", ", twice.Select(script => script.Name))}.");
        }

        await using var connection = await pool.OpenConnectionAsync(cancel);
        await InTurnAsync(connection, PrepareAsync, cancel);
        foreach (var script in scripts.OrderBy(script => script.Number))
        {
            await InTurnAsync(connection, (turn, token) => ApplyAsync(turn, script, token), cancel);
        }
    }

    /// <summary>One app at a time, in a transaction.</summary>
    private static async Task InTurnAsync(NpgsqlConnection connection, Func<NpgsqlTransaction, CancellationToken, Task> step, CancellationToken cancel)
    {
        const string Lock =
            """
            SELECT pg_advisory_xact_lock(hashtextextended('exporthub.migration', 0))
            """;

        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await connection.ExecuteAsync(Unlimited(Lock, null, transaction, cancel));
        await step(transaction, cancel);
        await transaction.CommitAsync(cancel);
    }

    private static async Task PrepareAsync(NpgsqlTransaction transaction, CancellationToken cancel)
    {
        // IF NOT EXISTS asks for the right to create even where nothing is to be created.
        const string Prepare =
            """
            DO $$
            BEGIN
                IF to_regnamespace('exporthub') IS NULL THEN
                    CREATE SCHEMA exporthub;
                END IF;
                IF to_regclass('exporthub.migration') IS NULL THEN
                    CREATE TABLE exporthub.migration (
                        number integer NOT NULL PRIMARY KEY,
                        name text NOT NULL,
                        checksum text NOT NULL,
                        applied_at timestamptz NOT NULL DEFAULT now()
                    );
                END IF;
            END
            $$
            """;

        await transaction.Connection!.ExecuteAsync(Unlimited(Prepare, null, transaction, cancel));
    }

    private async Task ApplyAsync(NpgsqlTransaction transaction, SqlScript script, CancellationToken cancel)
    {
        const string Find =
            """
            SELECT checksum
            FROM exporthub.migration
            WHERE number = @Number
            """;
        const string Record =
            """
            INSERT INTO exporthub.migration (number, name, checksum)
            VALUES (@Number, @Name, @Checksum)
            """;

        var connection = transaction.Connection!;
        var applied = await connection.ExecuteScalarAsync<string?>(Unlimited(Find, script, transaction, cancel));
        if (applied is null)
        {
            LogApplying(log, script.Name);
            await connection.ExecuteAsync(Unlimited(script.Text, null, transaction, cancel));
            await connection.ExecuteAsync(Unlimited(Record, script, transaction, cancel));
        }
        else if (applied != script.Checksum)
        {
            throw new InvalidOperationException($"The migration {script.Name} was changed after it was applied to this database: restore it and put the change into a new one.");
        }
    }

    private static CommandDefinition Unlimited(string sql, object? parameters, NpgsqlTransaction transaction, CancellationToken cancel) =>
        new(sql, parameters, transaction, commandTimeout: 0, cancellationToken: cancel);

    [LoggerMessage(Level = LogLevel.Information, Message = "Migration {Name}")]
    private static partial void LogApplying(ILogger log, string name);
}
