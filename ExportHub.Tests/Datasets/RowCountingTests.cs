using System.Globalization;
using ExportHub.Datasets;
using ExportHub.Formats;
using Npgsql;

namespace ExportHub.Tests.Datasets;

public sealed class RowCountingTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private const string Endless = "SELECT n AS id FROM (SELECT generate_series(1, 2000000000) AS n) AS endless";

    /// <summary>Every count is made beside the rows.</summary>
    private static readonly DatasetsOptions Beside = new() { CountFirstBelow = 0, CountPatience = TimeSpan.FromMinutes(1) };

    public Task InitializeAsync() => database.ExecuteAsync("""
        CREATE TABLE IF NOT EXISTS counted (id int PRIMARY KEY);
        INSERT INTO counted SELECT g FROM generate_series(1, 5000) AS g ON CONFLICT DO NOTHING;
        ANALYZE counted
        """);

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("{}", 5000, 5000)]
    [InlineData("""{ "filters": [ { "column": "id", "op": "gt", "value": 4990 } ] }""", 10, 10)]
    [InlineData("""{ "filters": [ { "column": "id", "op": "lt", "value": 0 } ] }""", 0, 0)]
    [InlineData("""{ "limit": 7 }""", 5000, 7)]
    [InlineData("""{ "limit": 5000 }""", 5000, 5000)]
    [InlineData("""{ "limit": 900000 }""", 5000, 5000)]
    public async Task Few_rows_are_counted_before_the_first_is_read_and_without_the_limit(string request, long selected, long total)
    {
        await using var reader = await OpenAsync(new(), request);

        Assert.Equal(new RowCount(selected, Exact: true), reader.Tally.Selected);
        Assert.Equal(new RowCount(total, Exact: true), reader.Tally.Total);
        Assert.Equal(total, await ReadAllAsync(reader));
        Assert.Equal(new SelectedRows(selected, NotCounted: null), await reader.CountAsync(default));
    }

    [Theory]
    [InlineData("{}", 5000)]
    [InlineData("""{ "limit": 3000 }""", 3000)]
    public async Task More_rows_are_estimated_first_and_counted_while_they_are_read(string request, long total)
    {
        await using var reader = await OpenAsync(Beside, request);
        Assert.Equal(total, reader.Tally.Total.Rows);

        await Until.TrueAsync(() => reader.Tally.Selected.Exact, "the count");

        Assert.Equal(new RowCount(total, Exact: true), reader.Tally.Total);
        Assert.Equal(total, await ReadAllAsync(reader));
        Assert.Equal(new SelectedRows(5000, NotCounted: null), await reader.CountAsync(default));
    }

    [Theory]
    [InlineData("{}", 5000)]
    [InlineData("""{ "limit": 5000 }""", 5000)]
    [InlineData("""{ "limit": 4999 }""", 5000)]
    [InlineData("""{ "limit": 10, "filters": [ { "column": "id", "op": "in", "value": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] } ] }""", 11)]
    [InlineData("""{ "limit": 11, "filters": [ { "column": "id", "op": "in", "value": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] } ] }""", 11)]
    public async Task Where_rows_are_not_counted_it_is_still_known_whether_the_limit_left_some_out(string request, long selected)
    {
        await using var reader = await OpenAsync(new() { CountUpTo = 0 }, request);

        var read = await ReadAllAsync(reader);

        var limit = Bench.Request(request).Limit ?? long.MaxValue;
        Assert.Equal(Math.Min(limit, selected), read);
        var found = await reader.CountAsync(default);
        Assert.Equal(NotCounted.TooMany, found.NotCounted);
        Assert.Equal(selected > limit, found.Rows > read);
        Assert.False(reader.Tally.Selected.Exact);
    }

    [Fact]
    public async Task A_slow_count_is_given_up_and_the_rows_still_come()
    {
        // Counting walks through ten million rows; a limit ends the reading long before.
        var slow = Bench.Query("SELECT g AS id FROM generate_series(1, 10000000) AS g WHERE g < 3 OR length(g::text || 'slow') > 1000");
        await using var reader = await OpenAsync(new() { CountPatience = TimeSpan.FromMilliseconds(1) }, """{ "limit": 1 }""", slow);

        Assert.Equal(1, await ReadAllAsync(reader));
        var found = await reader.CountAsync(default);

        Assert.Equal(NotCounted.TooSlow, found.NotCounted);
        Assert.InRange(found.Rows, 2, long.MaxValue);
    }

    [Fact]
    public async Task A_second_connection_counts_what_the_snapshot_of_the_first_holds()
    {
        await database.ExecuteAsync("CREATE TABLE moving AS SELECT g AS id FROM generate_series(1, 100) AS g");
        var bench = new Bench(database.Pool);
        var dataset = await bench.DescribeAsync(Bench.From("moving"));
        var query = new RowQuery(SelectStatement.Of(dataset, Bench.Settle(dataset, "{}")), "UTC", "exporthub:beside", isoIntervals: false, Beside);
        await using var first = await database.Pool.OpenConnectionAsync();
        await using var transaction = await first.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        await using var export = new NpgsqlCommand("SELECT pg_export_snapshot()", first);
        var snapshot = (string)(await export.ExecuteScalarAsync())!;
        await database.ExecuteAsync("DELETE FROM moving WHERE id > 10");

        var tally = new RowTally(0, limit: null);
        await using var beside = new SideCount(new SourceConnections(database.Pool).Borrow()!, query, snapshot, tally);

        Assert.True(await beside.EndAsync(TimeSpan.FromMinutes(1), default));
        Assert.Equal(new RowCount(100, Exact: true), tally.Selected);
    }

    [Fact]
    public async Task In_a_small_pool_nobody_waits_for_a_second_connection_and_rows_are_counted_after_the_last()
    {
        await using var two = NpgsqlDataSource.Create(database.ConnectionString + ";Maximum Pool Size=2;Timeout=5");
        var bench = new Bench(two, Beside);
        var dataset = await bench.DescribeAsync(Bench.From("counted"));
        var readers = new[] { await bench.OpenAsync(dataset, Bench.Settle(dataset, "{}")), await bench.OpenAsync(dataset, Bench.Settle(dataset, "{}")) };

        foreach (var reader in readers)
        {
            Assert.Equal(5000, await ReadAllAsync(reader));
            Assert.False(reader.Tally.Selected.Exact);
            Assert.Equal(new SelectedRows(5000, NotCounted: null), await reader.CountAsync(default));
        }

        foreach (var reader in readers)
        {
            await reader.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_count_gives_its_connection_back_when_rows_need_it()
    {
        await using var three = NpgsqlDataSource.Create(database.ConnectionString + ";Maximum Pool Size=3;Timeout=5");
        var bench = new Bench(three, Beside);
        var dataset = await bench.DescribeAsync(Bench.Query(Endless));
        await using var first = await bench.OpenAsync(dataset, Bench.Settle(dataset, "{}"), "exporthub:lent");
        await Until.TrueAsync(async () => await CountsAsync("exporthub:lent") == 1, "a count of rows without end");

        await using var second = await bench.OpenAsync(dataset, Bench.Settle(dataset, "{}"), "exporthub:second");
        await using var third = await bench.OpenAsync(dataset, Bench.Settle(dataset, "{}"), "exporthub:third");

        await Until.TrueAsync(async () => await CountsAsync("exporthub:lent") == 0, "the end of the count");
    }

    [Fact]
    public async Task Leaving_early_ends_the_count_too()
    {
        var reader = await OpenAsync(Beside, "{}", Bench.Query(Endless), "exporthub:left");
        await Until.TrueAsync(async () => await CountsAsync("exporthub:left") == 1, "a count of rows without end");

        await reader.DisposeAsync();

        await Until.TrueAsync(async () => await CountsAsync("exporthub:left") == 0, "the end of the count");
    }

    [Fact]
    public async Task A_count_ends_however_early_it_is_stopped()
    {
        for (var round = 0; round < 20; round++)
        {
            // Sometimes it has no connection yet, sometimes the server has not begun: a request to cancel is lost then.
            await (await OpenAsync(Beside, "{}", Bench.Query(Endless), "exporthub:early")).DisposeAsync();
        }

        await Until.TrueAsync(async () => await CountsAsync("exporthub:early") == 0, "the end of all counts");
    }

    [Fact]
    public async Task A_count_that_lost_its_connection_is_made_after_the_last_row()
    {
        await using var holder = await database.Pool.OpenConnectionAsync();
        await using var hold = new NpgsqlCommand("SELECT pg_advisory_lock(7)", holder);
        await hold.ExecuteNonQueryAsync();
        var waiting = Bench.Query("SELECT id FROM counted WHERE id <= 40 AND pg_advisory_xact_lock_shared(7)::text = ''");
        var opening = OpenAsync(Beside, "{}", waiting, "exporthub:cut");
        await Until.TrueAsync(async () => await CountsAsync("exporthub:cut") == 1, "a count");

        await database.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'exporthub:cut' AND query LIKE 'SELECT count%'");
        hold.CommandText = "SELECT pg_advisory_unlock(7)";
        await hold.ExecuteNonQueryAsync();

        await using var reader = await opening;
        Assert.Equal(40, await ReadAllAsync(reader));
        Assert.Equal(new SelectedRows(40, NotCounted: null), await reader.CountAsync(default));
    }

    [Fact]
    public async Task Where_a_snapshot_cannot_be_shared_rows_are_counted_after_the_last()
    {
        await database.ExecuteAsync("""
            CREATE ROLE cannot_share;
            GRANT SELECT ON counted TO cannot_share;
            REVOKE EXECUTE ON FUNCTION pg_export_snapshot() FROM PUBLIC
            """);
        try
        {
            await using var limited = NpgsqlDataSource.Create(database.ConnectionString + ";Options=-c role=cannot_share");
            var bench = new Bench(limited, Beside);
            var dataset = await bench.DescribeAsync(Bench.From("counted"));
            await using var reader = await bench.OpenAsync(dataset, Bench.Settle(dataset, """{ "limit": 10 }"""));

            Assert.Equal(10, await ReadAllAsync(reader));
            Assert.Equal(new SelectedRows(5000, NotCounted: null), await reader.CountAsync(default));
        }
        finally
        {
            await database.ExecuteAsync("GRANT EXECUTE ON FUNCTION pg_export_snapshot() TO PUBLIC; DROP OWNED BY cannot_share; DROP ROLE cannot_share");
        }
    }

    private async Task<IRowReader> OpenAsync(DatasetsOptions options, string request, DatasetDefinition? definition = null, string name = "exporthub:test")
    {
        var bench = new Bench(database.Pool, options);
        var dataset = await bench.DescribeAsync(definition ?? Bench.From("counted"));
        return await bench.OpenAsync(dataset, Bench.Settle(dataset, request), name);
    }

    private static async Task<long> ReadAllAsync(IRowReader reader)
    {
        using var row = new RawRow(reader.Columns.Count);
        var rows = 0L;
        while (await reader.ReadAsync(row, CancellationToken.None))
        {
            rows++;
        }

        return rows;
    }

    private async Task<long> CountsAsync(string name) => long.Parse(
        await database.Pool.ScalarAsync($"SELECT count(*)::text FROM pg_stat_activity WHERE application_name = '{name}' AND query LIKE 'SELECT count%' AND state = 'active'"),
        CultureInfo.InvariantCulture);
}
