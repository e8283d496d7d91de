using Dapper;
using Npgsql;

namespace ExportHub.Database;

/// <summary>The pool for ExportHub's own tables (schema exporthub).</summary>
internal sealed record AppDatabase(NpgsqlDataSource Pool)
{
    /// <summary>
    /// A few connections for single statements that are asked thousands of times and leave nothing behind in their session: they stay prepared, and nothing is reset between two of them.
    /// </summary>
    public NpgsqlDataSource Reads { get; init; } = Pool;

    /// <summary>Writes one row under a guard. False when the guard let no row through: the row count is the answer.</summary>
    public async Task<bool> ChangeAsync(string sql, object parameters, CancellationToken cancel)
    {
        await using var connection = await Pool.OpenConnectionAsync(cancel);
        return await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancel)) == 1;
    }
}

/// <summary>What the job engine connects with; it makes its own pool and its own schema (hangfire or quartz).</summary>
internal sealed record EngineDatabase(string ConnectionString);

/// <summary>
/// The databases that datasets read from, one pool each. A name is the name of a connection string;
/// no name means the database that holds ExportHub's own tables.
/// </summary>
internal interface ISourceDatabases
{
    /// <summary>The names that a dataset definition may use.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Null when there is no connection string of that name.</summary>
    NpgsqlDataSource? Find(string? name);
}
