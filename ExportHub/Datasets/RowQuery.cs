using System.Globalization;
using Npgsql;

namespace ExportHub.Datasets;

/// <summary>What an export asks of its source, on whichever connection, as parts of batches: each batch is one round trip.</summary>
internal sealed class RowQuery(SelectStatement statement, string timeZone, string applicationName, bool isoIntervals, DatasetsOptions options)
{
    public string ApplicationName => applicationName;

    /// <summary>Settings that end with the transaction, so that the pool gets its connection back as it was. Answers the instant of the snapshot.</summary>
    public NpgsqlBatchCommand Settings()
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
            ("statement_timeout", Milliseconds(options.StatementTimeout)),
            ("lock_timeout", Milliseconds(options.LockTimeout)),
            ("idle_in_transaction_session_timeout", Milliseconds(options.IdleInTransactionTimeout)),
        ];
        // A server looks whether anybody still waits for it, since a process that was killed says nothing; not every system and version can.
        // A SQL_ASCII database refuses to send text that is not valid in another encoding of the client; raw, it can be repaired.
        var command = new NpgsqlBatchCommand("""
            SELECT transaction_timestamp(), count(set_config(s.name, s.value, true)),
                set_config('client_encoding', current_setting(CASE current_setting('server_encoding') WHEN 'SQL_ASCII' THEN 'server' ELSE 'client' END || '_encoding'), true),
                CASE WHEN current_setting('client_connection_check_interval', true) IS NOT NULL AND version() ~* 'linux|darwin|bsd'
                    THEN set_config('client_connection_check_interval', '1000', true) END
            FROM unnest($1::text[], $2::text[]) AS s (name, value)
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = settings.Select(s => s.Setting).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = settings.Select(s => s.Value).ToArray() });
        return command;
    }

    /// <summary>Answers the plan of the rows.</summary>
    public NpgsqlBatchCommand Plan() => Of($"EXPLAIN (FORMAT JSON) {statement.Rows}");

    /// <summary>Answers the rows, of a statement that gives few.</summary>
    public NpgsqlBatchCommand Select() => Of(statement.Rows);

    public NpgsqlBatchCommand Count() => Of(statement.Count);

    /// <summary>For what comes after it: no longer than an export waits for its count.</summary>
    public NpgsqlBatchCommand Patience() => new($"SET LOCAL statement_timeout = {Milliseconds(options.CountPatience)}");

    // Npgsql gives up after 30 seconds by default; here the server's statement_timeout decides, and this only outlives it a little.
    public NpgsqlCommand Rows(NpgsqlConnection connection)
    {
        var command = new NpgsqlCommand(statement.Rows, connection)
        {
            CommandTimeout = options.StatementTimeout is var limit && limit > TimeSpan.Zero ? (int)limit.TotalSeconds + 60 : 0,
        };
        statement.AddTo(command.Parameters);
        return command;
    }

    private NpgsqlBatchCommand Of(string sql)
    {
        var command = new NpgsqlBatchCommand(sql);
        statement.AddTo(command.Parameters);
        return command;
    }

    private static string Milliseconds(TimeSpan time) => ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}

internal static class Batches
{
    /// <summary>One round trip; the server's timeouts are the only ones.</summary>
    public static NpgsqlBatch Batch(this NpgsqlConnection connection, params IEnumerable<NpgsqlBatchCommand> commands)
    {
        var batch = new NpgsqlBatch(connection) { Timeout = 0 };
        foreach (var command in commands)
        {
            batch.BatchCommands.Add(command);
        }

        return batch;
    }
}
