using Dapper;
using Npgsql;

namespace ExportHub.Database;

/// <summary>Invented customers, products and 250,000 orders in schema demo, the same on every machine.</summary>
internal sealed partial class DemoData(IReadOnlyList<SqlScript> scripts, TimeProvider clock, ILogger<DemoData> log)
{
    /// <summary>False when a schema demo was there already: it is left as it is. Several apps at once make it once.</summary>
    public async Task<bool> SeedAsync(NpgsqlDataSource pool, CancellationToken cancel)
    {
        const string Prepare =
            """
            SET LOCAL timezone = 'UTC';
            SET LOCAL work_mem = '32MB';
            SET LOCAL jit = off;
            SELECT pg_advisory_xact_lock(hashtextextended('exporthub.demo', 0));
            """;
        const string Exists =
            """
            SELECT to_regnamespace('demo') IS NOT NULL
            """;

        var started = clock.GetTimestamp();
        await using var connection = await pool.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await connection.ExecuteAsync(Unlimited(Prepare));
        if (await connection.ExecuteScalarAsync<bool>(Unlimited(Exists)))
        {
            return false;
        }

        foreach (var script in scripts)
        {
            await connection.ExecuteAsync(Unlimited(script.Text));
        }

        await transaction.CommitAsync(cancel);
        var took = clock.GetElapsedTime(started).TotalSeconds;
        LogSeeded(log, took);
        return true;

        CommandDefinition Unlimited(string sql) => new(sql, transaction: transaction, commandTimeout: 0, cancellationToken: cancel);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Demo data made in {Seconds:0.0} s (schema demo; Demo:Seed = false leaves it out)")]
    private static partial void LogSeeded(ILogger log, double seconds);
}
