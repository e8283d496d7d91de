using ExportHub.Datasets;
using ExportHub.Formats;
using Npgsql;

namespace ExportHub.Tests.Datasets;

public sealed class RowSourceTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const string Endless = "SELECT generate_series(1, 2000000000) AS id, repeat('x', 100) AS filler";

    private readonly Bench bench = new(database.Pool);

    [Fact]
    public async Task A_cell_of_ten_megabytes_arrives_whole_between_small_ones()
    {
        var dataset = await bench.DescribeAsync(Bench.Query(
            "SELECT g AS id, CASE g WHEN 2 THEN repeat('äöü€', 10485760 / 9) || 'end' WHEN 3 THEN repeat('y', 512) ELSE 'small' END AS cell FROM generate_series(1, 4) AS g"));

        var rows = await bench.ReadAsync(dataset, Bench.Settle(dataset, "{}"));

        Assert.Equal("small", rows[0][1]);
        Assert.Equal(string.Concat(Enumerable.Repeat("äöü€", 10485760 / 9)) + "end", rows[1][1]);
        Assert.Equal(new string('y', 512), rows[2][1]);
        Assert.Equal("small", rows[3][1]);
    }

    [Fact]
    public async Task Leaving_early_ends_the_query_at_once()
    {
        var dataset = await bench.DescribeAsync(Bench.Query(Endless));
        var reader = await bench.OpenAsync(dataset, Bench.Settle(dataset, "{}"), "exporthub:leaving");
        using var row = new RawRow(2);
        Assert.True(await reader.ReadAsync(row, CancellationToken.None));
        // The rows, and their count beside them.
        Assert.InRange(await BackendsAsync("exporthub:leaving"), 1, 2);

        // Two thousand million rows: without the cancel this would not end today.
        await reader.DisposeAsync();

        Assert.Equal(0, await BackendsAsync("exporthub:leaving"));
    }

    [Fact]
    public async Task A_canceled_read_ends_the_query_too()
    {
        var dataset = await bench.DescribeAsync(Bench.Query(Endless));
        using var cancel = new CancellationTokenSource();
        await using (var reader = await bench.OpenAsync(dataset, Bench.Settle(dataset, "{}"), "exporthub:canceled"))
        {
            using var row = new RawRow(2);
            Assert.True(await reader.ReadAsync(row, cancel.Token));
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                while (await reader.ReadAsync(row, cancel.Token))
                {
                }
            });
        }

        // On a busy machine Npgsql gives up waiting for the server's answer and hangs up; the server notices when it sends the next rows.
        await Until.TrueAsync(async () => await BackendsAsync("exporthub:canceled") == 0, "no backend");
    }

    [Fact]
    public async Task A_lost_connection_is_an_error_and_never_an_end()
    {
        var dataset = await bench.DescribeAsync(Bench.Query(Endless));
        await using var reader = await bench.OpenAsync(dataset, Bench.Settle(dataset, "{}"), "exporthub:lost");
        await database.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'exporthub:lost'");
        using var row = new RawRow(2);

        await Assert.ThrowsAnyAsync<NpgsqlException>(async () =>
        {
            while (await reader.ReadAsync(row, CancellationToken.None))
            {
            }
        });
    }

    [Fact]
    public async Task Rows_that_others_write_meanwhile_do_not_appear()
    {
        await database.ExecuteAsync("CREATE TABLE moving AS SELECT g AS id FROM generate_series(1, 20000) AS g");
        var dataset = await bench.DescribeAsync(Bench.From("moving"));
        var before = DateTimeOffset.Parse(await database.Pool.ScalarAsync("SELECT now()::text"), System.Globalization.CultureInfo.InvariantCulture);
        await using var reader = await bench.OpenAsync(dataset, Bench.Settle(dataset, "{}"));
        await database.ExecuteAsync("UPDATE moving SET id = -id; INSERT INTO moving SELECT g FROM generate_series(1, 5) AS g");

        using var row = new RawRow(1);
        var ids = new List<string>();
        while (await reader.ReadAsync(row, CancellationToken.None))
        {
            ids.Add(Wire.Text(CellType.Int32, row[0]));
        }

        Assert.False(await reader.ReadAsync(row, CancellationToken.None));
        Assert.Equal(Enumerable.Range(1, 20000).Select(n => $"{n}"), ids);
        Assert.Equal(new SelectedRows(20000, NotCounted: null), await reader.CountAsync(CancellationToken.None));
        Assert.InRange(reader.AsOf, before, before.AddMinutes(5));
    }

    [Fact]
    public async Task A_dataset_cannot_write()
    {
        await database.ExecuteAsync("CREATE TABLE kept (id int); CREATE FUNCTION spoil() RETURNS int LANGUAGE sql VOLATILE AS 'INSERT INTO kept VALUES (1) RETURNING id'");
        var dataset = await bench.DescribeAsync(Bench.Query("SELECT spoil() AS id"));

        var refused = await Assert.ThrowsAsync<PostgresException>(() => bench.ReadAsync(dataset, Bench.Settle(dataset, "{}")));

        Assert.Equal(PostgresErrorCodes.ReadOnlySqlTransaction, refused.SqlState);
    }

    [Fact]
    public async Task The_pool_gets_its_connection_back_as_it_was()
    {
        await using var one = NpgsqlDataSource.Create(database.ConnectionString + ";Maximum Pool Size=1;No Reset On Close=true");
        const string settings = "SELECT concat_ws('|', current_setting('TimeZone'), current_setting('statement_timeout'), current_setting('IntervalStyle'), current_setting('application_name'))";
        var before = await one.ScalarAsync(settings);
        var single = new Bench(one);
        var dataset = await single.DescribeAsync(Bench.Query(Endless));

        await (await single.OpenAsync(dataset, Bench.Settle(dataset, """{ "timeZone": "Asia/Tokyo" }"""))).DisposeAsync();

        Assert.Equal(before, await one.ScalarAsync(settings));
    }

    [Fact]
    public async Task A_column_that_went_away_is_said_plainly()
    {
        await database.ExecuteAsync("CREATE TABLE shrinking (id int, gone int)");
        var criteria = Bench.Settle(await bench.DescribeAsync(Bench.From("shrinking")), "{}");
        await database.ExecuteAsync("ALTER TABLE shrinking DROP COLUMN gone");
        var now = await bench.DescribeAsync(Bench.From("shrinking"));

        var changed = await Assert.ThrowsAsync<DatasetChangedException>(() => bench.OpenAsync(now, criteria));

        Assert.Equal("The dataset tested no longer has the column gone.", changed.Message);
    }

    private async Task<int> BackendsAsync(string name) => int.Parse(
        await database.Pool.ScalarAsync($"SELECT count(*)::text FROM pg_stat_activity WHERE application_name = '{name}'"),
        System.Globalization.CultureInfo.InvariantCulture);
}
