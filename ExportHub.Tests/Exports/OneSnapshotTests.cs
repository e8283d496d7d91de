using System.Globalization;
using ExportHub.Tests.Datasets;
using ExportHub.Tests.RealData;
using Npgsql;

namespace ExportHub.Tests.Exports;

/// <summary>
/// The table is changed without pause before, while and after it is read, and a trigger keeps the history of every row with the transaction
/// that wrote it. Each row of the file carries the snapshot it was read in, so the table at that snapshot can be worked out afterwards, exactly.
/// </summary>
public sealed class OneSnapshotTests(TestApp app) : IClassFixture<TestApp>, IAsyncLifetime
{
    private const int Accounts = 20_000;
    private const int Gate = 4711;

    public async Task InitializeAsync()
    {
        await app.Database.ExecuteAsync($"""
            DROP TABLE IF EXISTS account, history, confirmed CASCADE;
            CREATE TABLE account (id int PRIMARY KEY, balance int NOT NULL);
            CREATE TABLE history (seq bigserial PRIMARY KEY, xid xid8 NOT NULL, id int NOT NULL, balance int);
            CREATE TABLE confirmed (xid xid8 NOT NULL, at timestamptz NOT NULL);
            CREATE OR REPLACE FUNCTION remember() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    INSERT INTO history (xid, id, balance) VALUES (pg_current_xact_id(), coalesce(NEW.id, OLD.id), NEW.balance);
                    RETURN NULL;
                END $$;
            CREATE TRIGGER remember AFTER INSERT OR UPDATE OR DELETE ON account FOR EACH ROW EXECUTE FUNCTION remember();
            INSERT INTO account SELECT n, 100 FROM generate_series(1, {Accounts}) AS n;
            -- Called stable so that counting does not call it; it stops the reading in the middle for as long as the test holds the lock.
            CREATE OR REPLACE FUNCTION gate(id int) RETURNS text LANGUAGE plpgsql STABLE AS $$
                BEGIN
                    IF id = {Accounts / 2} THEN PERFORM pg_advisory_xact_lock_shared({Gate}); END IF;
                    RETURN pg_current_snapshot()::text;
                END $$;
            """);
        await app.WriteDatasetAsync("accounts", """{ "query": "SELECT id, balance, gate(id) AS snapshot FROM account", "key": ["id"] }""");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    [InlineData("jsonl")]
    public async Task A_file_equals_the_table_at_one_instant_while_others_write(string format)
    {
        await using var keeper = await app.Database.Pool.OpenConnectionAsync();
        await ExecuteAsync(keeper, $"SELECT pg_advisory_lock({Gate})");
        var commits = 0;
        var stop = false;
        var writing = Task.Run(async () =>
        {
            await using var writer = await app.Database.Pool.OpenConnectionAsync();
            for (var n = 1; !Volatile.Read(ref stop); n++)
            {
                await ChangeAsync(writer, n);
                Interlocked.Increment(ref commits);
            }
        });
        await Until.TrueAsync(() => commits > 20, "changes before the export");

        var id = await app.PostAsync(new { dataset = "accounts", format, options = format == "xlsx" ? (object)new { header = "name" } : new { } });
        await Until.TrueAsync(async () => (await app.StatusAsync(id)).GetProperty("progress").GetProperty("rows").GetInt64() > 0, "the first rows read");
        var seen = commits;
        var later = await ScalarAsync("SELECT pg_current_xact_id()::text");
        await Until.TrueAsync(() => commits > seen + 50, "changes in the middle of the export");
        await ExecuteAsync(keeper, $"SELECT pg_advisory_unlock({Gate})");
        var document = await app.EndAsync(id);
        Volatile.Write(ref stop, true);
        await writing;

        Assert.Equal("completed", document.GetProperty("status").GetString());
        var rows = Referee.Read(format, await app.DownloadAsync(document)).Rows;
        var snapshot = Assert.Single(rows.Select(row => $"{row[2]}").Distinct());
        var file = rows.ToDictionary(row => int.Parse($"{row[0]}", CultureInfo.InvariantCulture), row => int.Parse($"{row[1]}", CultureInfo.InvariantCulture));
        Assert.Equal(await TableAtAsync(snapshot), file);
        Assert.Equal(Accounts * 100, file.Values.Sum());

        // The instant that is told: what was surely committed by then is in the file, and nothing is in it that began after the first row.
        var asOf = document.GetProperty("dataAsOf").GetDateTimeOffset().UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        Assert.Equal("0", await ScalarAsync($"SELECT count(*)::text FROM confirmed WHERE at < '{asOf}' AND NOT pg_visible_in_snapshot(xid, '{snapshot}')"));
        Assert.NotEqual("0", await ScalarAsync($"SELECT count(*)::text FROM confirmed WHERE at < '{asOf}'"));
        Assert.Equal("0", await ScalarAsync($"SELECT count(*)::text FROM history WHERE xid > '{later}'::xid8 AND pg_visible_in_snapshot(xid, '{snapshot}')"));
        Assert.NotEqual("0", await ScalarAsync($"SELECT count(*)::text FROM history WHERE xid > '{later}'::xid8"));
    }

    /// <summary>One transaction after which the sum is the same: a transfer, a pair of rows more, or a pair fewer.</summary>
    private static async Task ChangeAsync(NpgsqlConnection writer, int n)
    {
        var (one, other) = (1 + (n * 7919L % Accounts), 1 + (((n * 104_729L) + 1) % Accounts));
        await ExecuteAsync(writer, $"""
            BEGIN;
            UPDATE account SET balance = balance - 5 WHERE id = {one};
            UPDATE account SET balance = balance + 5 * (SELECT count(*) FROM account WHERE id = {one}) WHERE id = {other};
            INSERT INTO account VALUES ({Accounts + (2 * n)}, {n}), ({Accounts + (2 * n) + 1}, {-n});
            DELETE FROM account WHERE id IN ({Accounts + (2 * (n - 7))}, {Accounts + (2 * (n - 7)) + 1}) AND {n} > 7;
            SELECT set_config('test.xid', pg_current_xact_id()::text, false);
            COMMIT;
            INSERT INTO confirmed VALUES (current_setting('test.xid')::xid8, clock_timestamp());
            """);
    }

    private async Task<Dictionary<int, int>> TableAtAsync(string snapshot)
    {
        await using var command = app.Database.Pool.CreateCommand($"""
            SELECT id, balance
            FROM (SELECT DISTINCT ON (id) id, balance FROM history WHERE pg_visible_in_snapshot(xid, '{snapshot}') ORDER BY id, seq DESC) AS last
            WHERE balance IS NOT NULL
            """);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new Dictionary<int, int>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetInt32(0), reader.GetInt32(1));
        }

        return rows;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private Task<string> ScalarAsync(string sql) => app.Database.Pool.ScalarAsync(sql);
}
