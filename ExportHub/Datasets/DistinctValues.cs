using System.Collections.Concurrent;
using ExportHub.Database;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ExportHub.Datasets;

/// <summary>The values that a column holds, to pick from.</summary>
/// <param name="Items">The most frequent first.</param>
/// <param name="Empty">Rows without a value.</param>
/// <param name="Rows">Rows that were looked at: the first ones of the dataset.</param>
/// <param name="Complete">Whether these are all values of all rows.</param>
/// <param name="IsShort">Whether these are all values of the rows that were looked at.</param>
internal sealed record ColumnValues(IReadOnlyList<ValueCount> Items, long Empty, long Rows, bool Complete, bool IsShort)
{
    /// <summary>Nothing was found out in time.</summary>
    public static ColumnValues Unknown { get; } = new([], 0, 0, Complete: false, IsShort: false);
}

/// <param name="Value">As a filter takes it.</param>
/// <param name="Rows">How many of the rows that were looked at have it.</param>
internal sealed record ValueCount(string Value, long Rows);

/// <summary>
/// Finds out which values a column holds, among the rows that the person may see. It looks at so many rows and takes so long at most, and keeps the answer for a moment.
/// </summary>
internal sealed class DistinctValues(ISourceDatabases sources, IOptions<DatasetsOptions> options, TimeProvider time)
{
    public const int Most = 50;
    public const int RowsLookedAt = 100_000;

    /// <summary>Longer texts are nothing to pick from.</summary>
    private const int LongestValue = 200;
    private const int MostKept = 500;
    private const string InTime = "SET LOCAL statement_timeout = 600";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.9);
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, (ColumnValues Values, DateTimeOffset Until)> kept = new(StringComparer.Ordinal);

    public static bool Suits(DatasetColumn column) => column.Kind is ValueKind.Text or ValueKind.Choice or ValueKind.Boolean or ValueKind.Number or ValueKind.Date;

    /// <summary>Of a column that suits; what cannot be found out in time is <see cref="ColumnValues.Unknown"/>. The dataset must not be broken.</summary>
    public async Task<ColumnValues> FindAsync(Dataset dataset, DatasetColumn column, CancellationToken cancel)
    {
        var statement = SelectStatement.OfValues(dataset, column, RowsLookedAt, Most + 2);
        var key = KeyOf(dataset, statement);
        if (kept.TryGetValue(key, out var earlier) && earlier.Until > time.GetUtcNow())
        {
            return earlier.Values;
        }

        var found = await LookAsync(dataset, statement, cancel);
        Keep(key, found);
        return found;
    }

    /// <summary>The statement with its parameters, among them what binds the person's rows: whoever asks the same may be told the same.</summary>
    private static string KeyOf(Dataset dataset, SelectStatement statement) =>
        string.Join('\u001f', [dataset.Definition.Source, statement.Rows, .. statement.Values.SelectMany(value => value as string[] ?? [(string)value, "\u001e"])]);

    private void Keep(string key, ColumnValues found)
    {
        if (kept.Count >= MostKept)
        {
            kept.Clear();
        }

        kept[key] = (found, time.GetUtcNow() + Lifetime);
    }

    private async Task<ColumnValues> LookAsync(Dataset dataset, SelectStatement statement, CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancel);
        try
        {
            var query = new RowQuery(statement, "UTC", "exporthub:values", isoIntervals: false, options.Value);
            await using var connection = await sources.Find(dataset.Definition.Source)!.OpenConnectionAsync(either.Token);
            await using var transaction = await connection.BeginTransactionAsync(either.Token);
            await using var batch = connection.Batch(query.Settings(), new NpgsqlBatchCommand(InTime), query.Select());
            await using var reader = await batch.ExecuteReaderAsync(either.Token);
            await reader.NextResultAsync(either.Token);
            return await ReadAsync(reader, either.Token);
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested && fault is NpgsqlException or OperationCanceledException or TimeoutException)
        {
            return ColumnValues.Unknown;
        }
    }

    private static async Task<ColumnValues> ReadAsync(NpgsqlDataReader reader, CancellationToken cancel)
    {
        var items = new List<ValueCount>();
        var (empty, rows, isShort) = (0L, 0L, true);
        while (await reader.ReadAsync(cancel))
        {
            rows = (long)reader.GetDecimal(2);
            if (await reader.IsDBNullAsync(0, cancel))
            {
                empty = reader.GetInt64(1);
            }
            else if (items.Count < Most && reader.GetString(0) is { Length: <= LongestValue } value)
            {
                items.Add(new ValueCount(value, reader.GetInt64(1)));
            }
            else
            {
                isShort = false;
            }
        }

        return new ColumnValues(items, empty, rows, isShort && rows < RowsLookedAt, isShort);
    }
}
