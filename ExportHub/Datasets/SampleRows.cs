using ExportHub.Database;
using ExportHub.Language;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ExportHub.Datasets;

/// <summary>Some rows of a dataset, for administrators to look at.</summary>
/// <param name="Sql">What an export of all columns asks the database.</param>
/// <param name="Values">The values of its parameters in their order.</param>
/// <param name="Rows">Null when they could not be had: see <paramref name="Fault"/>. Texts as PostgreSQL prints them, times in UTC; long ones are cut.</param>
/// <param name="Fault">A sentence.</param>
internal sealed record SampledRows(string Sql, IReadOnlyList<object> Values, IReadOnlyList<IReadOnlyList<string?>>? Rows, string? Fault = null);

/// <summary>Reads the first rows of a dataset as one person sees them, in a read-only transaction that ends soon, at once when nobody waits any more.</summary>
internal sealed class SampleRows(ISourceDatabases sources, IOptions<DatasetsOptions> options)
{
    public const int Most = 20;

    /// <summary>The most letters of a cell.</summary>
    private const int Longest = 200;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The dataset must not be broken, and somebody must have said which rows may be read.</summary>
    public async Task<SampledRows> ReadAsync(Dataset dataset, CancellationToken cancel)
    {
        var statement = Statement(dataset);
        try
        {
            return new(statement.Rows, statement.Values, await RowsAsync(dataset, statement, cancel));
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.QueryCanceled && !cancel.IsCancellationRequested)
        {
            return new(statement.Rows, statement.Values, null, Text.Of("The database did not find the first rows within {0} seconds. An export may take as long as it needs.", Patience.TotalSeconds));
        }
        catch (PostgresException refused)
        {
            return new(statement.Rows, statement.Values, null, Text.Of("PostgreSQL says: {0}.", refused.MessageText));
        }
        catch (Exception silent) when (silent is NpgsqlException or TimeoutException && !cancel.IsCancellationRequested)
        {
            return new(statement.Rows, statement.Values, null, Text.Of("The database does not answer."));
        }
    }

    /// <summary>What an export of all columns asks.</summary>
    public static SelectStatement Statement(Dataset dataset) =>
        SelectStatement.Of(dataset, new Criteria { Columns = [.. dataset.Columns.Select(column => column.Name)], TimeZone = "UTC" });

    private async Task<List<IReadOnlyList<string?>>> RowsAsync(Dataset dataset, SelectStatement statement, CancellationToken cancel)
    {
        var query = new RowQuery(statement, "UTC", "exporthub:sample", isoIntervals: false, Hurried());
        var texts = string.Join(", ", dataset.Columns.Select(column => $"left({Sql.Column(column.Name)}::text, {Longest + 1})"));
        var first = new NpgsqlBatchCommand($"SELECT {texts} FROM (\n{statement.Rows}\n) AS t LIMIT {Most}");
        statement.AddTo(first.Parameters);

        await using var connection = await sources.Find(dataset.Definition.Source)!.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var batch = connection.Batch(query.Settings(), first);
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.NextResultAsync(cancel);
        var rows = new List<IReadOnlyList<string?>>();
        while (await reader.ReadAsync(cancel))
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(n => reader.IsDBNull(n) ? null : Cut(reader.GetString(n)))]);
        }

        return rows;
    }

    private DatasetsOptions Hurried() => new()
    {
        StatementTimeout = Patience,
        LockTimeout = Patience < options.Value.LockTimeout ? Patience : options.Value.LockTimeout,
        IdleInTransactionTimeout = options.Value.IdleInTransactionTimeout,
    };

    private static string Cut(string text) => text.Length <= Longest ? text : text[..Longest] + "…";
}
