using ExportHub.Datasets;
using ExportHub.Formats;

namespace ExportHub.Tests.Datasets;

/// <summary>Tables that change between their description and the first row.</summary>
public sealed class ChangedTableTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly Bench bench = new(database.Pool);
    private readonly string table = $"t{Guid.NewGuid():N}";

    [Theory]
    [InlineData("int2", "1", "int4")]
    [InlineData("int4", "1", "int8")]
    [InlineData("int8", "1", "float8")]
    [InlineData("float8", "1.5", "int8")]
    [InlineData("float4", "1.5", "int4")]
    [InlineData("numeric", "1.5", "float8")]
    [InlineData("numeric", "1.5", "text")]
    [InlineData("bool", "true", "text")]
    [InlineData("text", "x", "bytea", "v::bytea")]
    [InlineData("varchar(9)", "x", "name")]
    [InlineData("bytea", "x", "text", "encode(v, 'escape')")]
    [InlineData("date", "2026-01-01", "int4", "v - date '2000-01-01'")]
    [InlineData("time", "12:00", "int8", "1")]
    [InlineData("timestamp", "2026-01-01 12:00", "timestamptz")]
    [InlineData("timestamptz", "2026-01-01 12:00+00", "timestamp")]
    [InlineData("timestamptz", "2026-01-01 12:00+00", "int8", "1")]
    [InlineData("uuid", "0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a", "text")]
    public async Task Bytes_of_a_new_type_are_never_read_as_the_old_one(string before, string value, string after, string how = "v")
    {
        await database.ExecuteAsync($"CREATE TABLE {table} (v {before}); INSERT INTO {table} VALUES ('{value}')");
        var described = await bench.DescribeAsync(Bench.From(table));
        await database.ExecuteAsync($"ALTER TABLE {table} ALTER v TYPE {after} USING ({how})::{after}");

        await Assert.ThrowsAsync<DatasetMovedException>(() => bench.OpenAsync(described, Bench.Settle(described, "{}")));

        var again = await bench.DescribeAsync(Bench.From(table));
        Assert.Equal(await database.Pool.ScalarAsync($"SELECT {(after == "bytea" ? "v::text" : $"v::{after}::text")} FROM {table}"), await bench.FirstColumnAsync(again, "{}"));
    }

    [Theory]
    [InlineData("jsonb", "{\"a\": 1}", "text", "\"{\\\"a\\\": 1}\"")]
    [InlineData("json", "[1]", "text[]", "[\"x\"]", "ARRAY['x']")]
    [InlineData("int4[]", "{1,2}", "text", "\"{1,2}\"")]
    public async Task What_stands_in_a_file_as_JSON_stays_JSON(string before, string value, string after, string expected, string how = "v")
    {
        await database.ExecuteAsync($"CREATE TABLE {table} (v {before}); INSERT INTO {table} VALUES ('{value}')");
        var described = await bench.DescribeAsync(Bench.From(table));
        await database.ExecuteAsync($"ALTER TABLE {table} ALTER v TYPE {after} USING ({how})::{after}");

        Assert.Equal(expected, await bench.FirstColumnAsync(described, "{}"));
    }

    [Fact]
    public async Task A_large_table_of_another_type_is_left_at_once()
    {
        await database.ExecuteAsync($"CREATE VIEW {table} AS SELECT 1 AS v");
        var described = await bench.DescribeAsync(Bench.From(table));
        await database.ExecuteAsync($"DROP VIEW {table}; CREATE VIEW {table} AS SELECT generate_series(1::bigint, 2000000000) AS v");

        await Assert.ThrowsAsync<DatasetMovedException>(() => bench.OpenAsync(described, Bench.Settle(described, "{}"), table));

        Assert.Equal("0", await database.Pool.ScalarAsync($"SELECT count(*)::text FROM pg_stat_activity WHERE application_name = '{table}'"));
    }

    [Theory]
    [InlineData("{ \"filters\": [ { \"column\": \"n\", \"op\": \"gte\", \"value\": 100 } ] }", "n", "text", "The column N is of type text now, and the request compares it as number. Ask for the export again.")]
    [InlineData("{ \"dateRange\": { \"column\": \"at\", \"from\": \"2026-01-01\" } }", "at", "text", "The column At is of type text now, and the request compares it as timestamptz. Ask for the export again.")]
    [InlineData("{ \"dateRange\": { \"column\": \"at\", \"from\": \"2026-01-01\" } }", "at", "timestamp", "The column At is of type timestamp without time zone now, and the request compares it as timestamptz. Ask for the export again.")]
    [InlineData("{ \"filters\": [ { \"column\": \"long\", \"op\": \"eq\", \"value\": \"P1D\" } ] }", "long", "inet", "The column Long is of type inet now, and the request compares it as interval. Ask for the export again.", "NULL")]
    public async Task A_value_is_never_compared_as_something_else_than_it_was_checked_for(string request, string column, string type, string said, string? how = null)
    {
        await database.ExecuteAsync($"CREATE TABLE {table} (n int, at timestamptz, long interval)");
        var criteria = Bench.Settle(await bench.DescribeAsync(Bench.From(table)), request);
        await database.ExecuteAsync($"ALTER TABLE {table} ALTER {column} TYPE {type} USING ({how ?? column})::{type}");
        var now = await bench.DescribeAsync(Bench.From(table));

        var changed = await Assert.ThrowsAsync<DatasetChangedException>(() => bench.OpenAsync(now, criteria));

        Assert.Equal(said, changed.Message);
    }

    [Fact]
    public async Task A_wider_number_compares_as_before()
    {
        await database.ExecuteAsync($"CREATE TABLE {table} (n int); INSERT INTO {table} VALUES (5), (50), (500)");
        var criteria = Bench.Settle(await bench.DescribeAsync(Bench.From(table)), """{ "filters": [ { "column": "n", "op": "gte", "value": 50 } ], "sort": [ { "column": "n" } ] }""");
        await database.ExecuteAsync($"ALTER TABLE {table} ALTER n TYPE numeric(12, 2)");
        var now = await bench.DescribeAsync(Bench.From(table));

        Assert.Equal(["50.00", "500.00"], (await bench.ReadAsync(now, criteria)).Select(row => row[0]));
    }

    // Each of these is a way in which tables are refilled every night; a snapshot from before it would see no rows at all, or too few.
    [Theory]
    [InlineData("TRUNCATE {0}; INSERT INTO {0} SELECT generate_series(1, 7)", 7)]
    [InlineData("DROP TABLE {0} CASCADE; CREATE TABLE {0} AS SELECT generate_series(1, 7) AS id", 7)]
    [InlineData("CREATE TABLE {0}_new AS SELECT generate_series(1, 7) AS id; DROP TABLE {0}; ALTER TABLE {0}_new RENAME TO {0}", 7)]
    [InlineData("UPDATE {0} SET id = 1; ALTER TABLE {0} ALTER id TYPE bigint; ALTER TABLE {0} ALTER id TYPE int", 3)]
    public async Task A_table_that_is_refilled_while_it_is_opened_is_opened_again_and_never_empty(string refill, int rows)
    {
        await database.ExecuteAsync($"CREATE TABLE {table} AS SELECT generate_series(1, 3) AS id");

        await AssertMovedAsync(refill, rows);
    }

    [Fact]
    public async Task A_materialized_view_that_is_refreshed_while_it_is_opened_is_opened_again()
    {
        await database.ExecuteAsync($"CREATE TABLE {table}_of AS SELECT generate_series(1, 3) AS id; CREATE MATERIALIZED VIEW {table} AS SELECT id FROM {table}_of");

        await AssertMovedAsync("INSERT INTO {0}_of VALUES (4); REFRESH MATERIALIZED VIEW {0}", 4);
    }

    [Fact]
    public async Task A_partition_that_is_dropped_while_its_table_is_opened_makes_no_mixed_file()
    {
        await database.ExecuteAsync($"""
            CREATE TABLE {table} (id int) PARTITION BY RANGE (id);
            CREATE TABLE {table}_a PARTITION OF {table} FOR VALUES FROM (0) TO (10);
            CREATE TABLE {table}_b PARTITION OF {table} FOR VALUES FROM (10) TO (20);
            INSERT INTO {table} SELECT generate_series(5, 14);
            """);

        await AssertMovedAsync("DROP TABLE {0}_a", 5);
    }

    [Fact]
    public async Task A_table_behind_a_view_counts_too()
    {
        await database.ExecuteAsync($"CREATE TABLE {table}_of AS SELECT generate_series(1, 3) AS id; CREATE VIEW {table} AS SELECT id FROM {table}_of WHERE id > 0");

        await AssertMovedAsync("TRUNCATE {0}_of; INSERT INTO {0}_of SELECT generate_series(1, 7)", 7);
    }

    /// <summary>Has the change hold its locks when the snapshot is taken, and be over when the locks are.</summary>
    private async Task AssertMovedAsync(string change, int rowsAfter)
    {
        var described = await bench.DescribeAsync(Bench.From(table));
        var criteria = Bench.Settle(described, "{}");
        await using var other = await database.Pool.OpenConnectionAsync();
        await using var transaction = await other.BeginTransactionAsync();
        await using (var command = new Npgsql.NpgsqlCommand(string.Format(System.Globalization.CultureInfo.InvariantCulture, change, table), other))
        {
            await command.ExecuteNonQueryAsync();
        }

        var opening = bench.OpenAsync(described, criteria, table);
        await Until.TrueAsync(
            async () => await database.Pool.ScalarAsync($"SELECT count(*)::text FROM pg_stat_activity WHERE application_name = '{table}' AND wait_event_type = 'Lock'") == "1",
            "an export that waits for the lock");
        await transaction.CommitAsync();

        await Assert.ThrowsAsync<DatasetMovedException>(() => opening);
        var again = await bench.DescribeAsync(Bench.From(table));
        await using var reader = await bench.OpenAsync(again, criteria);
        Assert.Equal(new RowCount(rowsAfter, Exact: true), reader.Tally.Total);
    }
}
