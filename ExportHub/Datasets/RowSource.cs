using System.Data;
using System.Globalization;
using ExportHub.Database;
using ExportHub.Formats;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ExportHub.Datasets;

/// <summary>Opens the rows that criteria select.</summary>
internal sealed class RowSource(ISourceDatabases sources, IOptions<DatasetsOptions> options)
{
    /// <summary>
    /// Opens one REPEATABLE READ READ ONLY transaction on the dataset's source and starts the query in it. <paramref name="applicationName"/>
    /// is what operators see in pg_stat_activity. <paramref name="isoIntervals"/> chooses how intervals are spelled.
    /// Database errors come as Npgsql's exceptions.
    /// </summary>
    /// <exception cref="DatasetChangedException">The dataset is broken, or no longer has what the criteria ask for.</exception>
    /// <exception cref="DatasetMovedException">Its tables were rebuilt since it was described; describe and open it again.</exception>
    public async Task<IRowReader> OpenAsync(
        Dataset dataset, Criteria criteria, string applicationName, bool isoIntervals, CancellationToken cancel)
    {
        if (dataset.Broken is { } reason)
        {
            throw new DatasetChangedException($"The dataset {dataset.Title} cannot be used: {reason}");
        }

        var statement = SelectStatement.Of(dataset, criteria);
        var pool = sources.Find(dataset.Definition.Source)
            ?? throw new DatasetChangedException($"The database of the dataset {dataset.Title} is no longer configured.");
        var connection = await pool.OpenConnectionAsync(cancel);
        RowReader? rows = null;
        try
        {
            var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
            var asOf = await PrepareAsync(connection, criteria.TimeZone, applicationName, isoIntervals, cancel);
            var total = await new RowTotal(options.Value).OfAsync(transaction, statement, cancel);
            await SnapshotCheck.DemandAsync(connection, cancel);
            var command = new NpgsqlCommand(statement.Rows, connection) { CommandTimeout = Patience() };
            statement.AddTo(command.Parameters);
            var reader = await command.ExecuteReaderAsync(cancel);
            var columns = criteria.Columns.Select(c => dataset.Has(c).ToFileColumn()).ToList();
            rows = new RowReader(connection, transaction, command, reader) { Columns = columns, AsOf = asOf, Total = total, Repair = TextRepair.For(connection, columns) };
            WireCheck.Demand(reader, columns);
            return rows;
        }
        catch
        {
            // Closing the connection ends its transaction too, but would wait for the rest of an open result.
            await (rows?.DisposeAsync() ?? connection.DisposeAsync());
            throw;
        }
    }

    // All of it ends with the transaction, so that the pool gets its connection back as it was.
    private async Task<DateTimeOffset> PrepareAsync(
        NpgsqlConnection connection, string timeZone, string applicationName, bool isoIntervals, CancellationToken cancel)
    {
        (string Setting, string Value)[] settings =
        [
            ("transaction_read_only", "on"),
            ("application_name", applicationName),
            ("TimeZone", timeZone),
            ("DateStyle", "ISO, YMD"),
            ("IntervalStyle", isoIntervals ? "iso_8601" : "postgres"),
            ("extra_float_digits", "1"),
            ("bytea_output", "hex"),
            ("statement_timeout", Milliseconds(options.Value.StatementTimeout)),
            ("lock_timeout", Milliseconds(options.Value.LockTimeout)),
            ("idle_in_transaction_session_timeout", Milliseconds(options.Value.IdleInTransactionTimeout)),
        ];
        // A SQL_ASCII database refuses to send text that is not valid in another encoding of the client; raw, it can be repaired.
        const string statement = """
            SELECT transaction_timestamp(), count(set_config(s.name, s.value, true)),
                set_config('client_encoding', current_setting(CASE current_setting('server_encoding') WHEN 'SQL_ASCII' THEN 'server' ELSE 'client' END || '_encoding'), true)
            FROM unnest($1::text[], $2::text[]) AS s (name, value)
            """;
        await using var command = new NpgsqlCommand(statement, connection);
        command.Parameters.Add(new NpgsqlParameter { Value = settings.Select(s => s.Setting).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = settings.Select(s => s.Value).ToArray() });
        return (DateTime)(await command.ExecuteScalarAsync(cancel))!;
    }

    private static string Milliseconds(TimeSpan time) => ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);

    // Npgsql gives up after 30 seconds by default; here the server's statement_timeout decides, and this only outlives it a little.
    private int Patience() =>
        options.Value.StatementTimeout is var limit && limit > TimeSpan.Zero ? (int)limit.TotalSeconds + 60 : 0;
}

/// <summary>A stream of rows; disposing it early cancels the query first, because disposing alone would drain the rest.</summary>
internal interface IRowReader : IAsyncDisposable
{
    IReadOnlyList<FileColumn> Columns { get; }

    /// <summary>
    /// The instant of the snapshot: database time at the start of the transaction, which comes in one message with the statement that takes the
    /// snapshot. Whatever was committed before it is among the rows, so that who goes on from here next time misses nothing; what others
    /// commit in the microseconds until the snapshot is taken may be among them too.
    /// </summary>
    DateTimeOffset AsOf { get; }

    /// <summary>How many rows there will be.</summary>
    RowCount Total { get; }

    /// <summary>What cells had to be changed to be text at all; complete after the last row.</summary>
    IReadOnlyList<Remark> Remarks { get; }

    /// <summary>Fills <paramref name="row"/> with the next row; false after the last.</summary>
    ValueTask<bool> ReadAsync(RawRow row, CancellationToken cancel);
}

/// <param name="Rows">Never negative.</param>
/// <param name="Exact">True when counted, false when it is the planner's estimate.</param>
internal readonly record struct RowCount(long Rows, bool Exact);
