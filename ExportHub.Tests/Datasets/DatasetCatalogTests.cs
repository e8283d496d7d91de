using ExportHub.Database;
using ExportHub.Datasets;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ExportHub.Tests.Datasets;

public sealed class DatasetCatalogTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    public Task InitializeAsync() => database.ExecuteAsync("""
        CREATE SCHEMA IF NOT EXISTS sales;
        CREATE TABLE IF NOT EXISTS sales.orders (
            region text, nr int, amount numeric(12,2), ordered_at timestamptz, secret text, PRIMARY KEY (nr, region) INCLUDE (amount));
        CREATE OR REPLACE VIEW sales.recent AS SELECT * FROM sales.orders
        """);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_definition_becomes_a_dataset_with_what_the_database_knows()
    {
        using var bench = new CatalogBench(new OneSource(database.Pool));
        bench.Write("orders.json", """
            // Comments are welcome,
            { "title": "All orders", "from": "sales.orders", "dateColumn": "ordered_at", "source": "shop",
              "columns": { "nr": { "title": "No." }, "secret": { "hidden": true } }, } // and so is a last comma.
            """);

        var orders = (await bench.FindAsync("orders"))!;

        Assert.Null(orders.Broken);
        Assert.Equal(("orders", "All orders"), (orders.Name, orders.Title));
        Assert.Equal(["nr", "region"], orders.Key);
        Assert.Equal(
            ["region|Region|text", "nr|No.|integer", "amount|Amount|numeric(12,2)", "ordered_at|Ordered at|timestamp with time zone"],
            orders.Columns.Select(c => $"{c.Name}|{c.Title}|{c.DatabaseType}"));
        Assert.Equal([false, false, true, true], orders.Columns.Select(c => c.Nullable));
    }

    [Theory]
    [InlineData("""{ "from": "sales.orders" """, "wrong.json: This is not a definition in line 1: ")]
    [InlineData("", "wrong.json: This is not a definition")]
    [InlineData("null", "wrong.json: The file holds no definition.")]
    [InlineData("[]", "wrong.json: This is not a definition")]
    [InlineData("{\n  \"from\": \"sales.orders\",\n  \"rowFiltre\": \"x\"\n}", "wrong.json: There is no such member at `rowFiltre` in line 3.")]
    [InlineData("""{ "from": "sales.orders", "rights": { "exports": ["*"] } }""", "wrong.json: There is no such member at `rights.exports` in line 1.")]
    [InlineData("""{ "from": "sales.orders", "rights": { "export": "*" } }""", "wrong.json: This is not a definition at `rights.export` in line 1: ")]
    [InlineData("""{ "from": "sales.orders", "rights": { "export": ["Sales"] } }""", "wrong.json: `rights.export` must name roles")]
    [InlineData("""{ "from": "sales.orders", "rights": { "see": [null] } }""", "wrong.json: `rights.see` must name roles")]
    [InlineData("""{ "from": "sales.orders", "rights": { "see": null } }""", "wrong.json: This is not a definition at `rights.see` in line 1: ")]
    [InlineData("""{ "from": "sales.orders", "rights": { "rowLimits": { "sales": 0 } } }""", "wrong.json: `rights.rowLimits` must be from 1 to 1000000000.")]
    [InlineData("""{ "from": "sales.orders", "rights": { "allRows": ["sales"] } }""", "wrong.json: `rights.allRows` means nothing without `rowFilter`.")]
    [InlineData("""{ "from": "sales.orders", "columns": { "nr": { "roles": ["a b"] } } }""", "wrong.json: `columns.nr.roles` must name roles")]
    [InlineData("""{ "from": "sales.orders", "rowFilter": "region = @region" }""", "wrong.json: `rowFilter`: a claim is written")]
    [InlineData("""{ "from": "sales.orders", "rowFilter": "no = @user.region" }""", "wrong.json: `rowFilter`: PostgreSQL says: column \"no\" does not exist.")]
    [InlineData("""{ "from": "sales.orders", "columns": { "nr": { "titel": "x" } } }""", "wrong.json: There is no such member at `columns.nr.titel` in line 1.")]
    [InlineData("""{ "from": "sales.orders", "columns": { "nr": null } }""", "wrong.json: `columns.nr` must be an object.")]
    [InlineData("""{ "from": "sales.orders", "columns": null }""", "wrong.json: This is not a definition at `columns`")]
    [InlineData("""{ "from": "sales.orders", "from": "sales.recent" }""", "wrong.json: This is not a definition")]
    [InlineData("""{ "from": "sales.orders", "rowLimit": "many" }""", "wrong.json: This is not a definition at `rowLimit` in line 1: ")]
    [InlineData("""{ "name": "Sales Orders", "from": "sales.orders" }""", "wrong.json: `name` must start with a lower-case letter")]
    [InlineData("""{ "title": " ", "from": "sales.orders" }""", "wrong.json: `title` must not be blank.")]
    [InlineData("{}", "wrong.json: Exactly one of `from` and `query` must be given.")]
    [InlineData("""{ "from": "sales.orders", "query": "SELECT 1" }""", "wrong.json: Exactly one of `from` and `query` must be given.")]
    [InlineData("""{ "from": "sales.orders", "rowLimit": 0 }""", "wrong.json: `rowLimit` must be from 1 to 1000000000.")]
    [InlineData("""{ "from": "sales.orders", "key": ["nr", "nr"] }""", "wrong.json: `key` must name different columns.")]
    [InlineData("""{ "from": "sales.orders", "source": "nowhere" }""", "wrong.json: `source`: there is no connection string `nowhere`. There are: shop.")]
    [InlineData("""{ "from": "sales.nothing" }""", "wrong.json: `from`: there is no table or view sales.nothing.")]
    [InlineData("""{ "from": "a.b.c.d" }""", "wrong.json: `from`: ")]
    [InlineData("""{ "from": "orders_pkey" }""", "wrong.json: `from`: there is no table or view orders_pkey.")]
    [InlineData("""{ "from": "sales.orders", "columns": { "nope": {} } }""", "wrong.json: `columns`: there is no column nope. There are: region, nr, amount, ordered_at, secret.")]
    [InlineData("""{ "from": "sales.orders", "key": ["id"] }""", "wrong.json: `key`: there is no column id. There are: region, nr, amount, ordered_at, secret.")]
    [InlineData("""{ "from": "sales.orders", "dateColumn": "nr" }""", "wrong.json: `dateColumn`: nr is not a visible column of type date, timestamp or timestamptz. There are: ordered_at.")]
    [InlineData("""{ "from": "sales.orders", "dateColumn": "ordered_at", "columns": { "ordered_at": { "hidden": true } } }""", "wrong.json: `dateColumn`: ordered_at is not a visible column")]
    [InlineData("""{ "query": "SELECT nr FROM sales.orders", "columns": { "nr": { "hidden": true } } }""", "wrong.json: `columns`: every column is hidden.")]
    [InlineData("""{ "query": "SELEC 1" }""", "wrong.json: `query`: PostgreSQL says: syntax error")]
    [InlineData("""{ "query": "SELECT 1 AS a;" }""", "wrong.json: `query`: PostgreSQL says: syntax error")]
    [InlineData("""{ "query": "SELECT nope FROM sales.orders" }""", "wrong.json: `query`: PostgreSQL says: column \"nope\" does not exist.")]
    [InlineData("""{ "query": "SELECT 1 AS a, 2 AS b, 3 AS a" }""", "wrong.json: `query`: two columns are called a; give one another name with AS.")]
    [InlineData("""{ "query": "SELECT '{}'::json AS doc", "key": ["doc"] }""", "wrong.json: `query`: PostgreSQL says: could not identify an ordering operator for type json.")]
    public async Task A_wrong_definition_is_shown_broken_with_its_reason(string json, string reason)
    {
        using var bench = new CatalogBench(new OneSource(database.Pool));
        bench.Write("wrong.json", json);
        bench.Write("right.json", """{ "from": "sales.recent" }""");

        var datasets = await bench.Catalog.ListAsync(CancellationToken.None);

        Assert.Equal(2, datasets.Count);
        Assert.Null(datasets.Single(d => d.Name == "right").Broken);
        var wrong = datasets.Single(d => d.Name != "right");
        Assert.StartsWith(reason, wrong.Broken, StringComparison.Ordinal);
        Assert.False(wrong.Unreachable);
        Assert.Empty(wrong.Columns);
    }

    [Fact]
    public async Task Of_two_datasets_with_one_name_the_first_file_keeps_it()
    {
        using var bench = new CatalogBench(new OneSource(database.Pool));
        bench.Write("a.json", """{ "name": "twice", "from": "sales.orders" }""");
        bench.Write("b.json", """{ "name": "twice", "from": "sales.recent" }""");

        Assert.Equal("twice twice!", await bench.NamesAsync());
        Assert.Equal("sales.orders", (await bench.FindAsync("twice"))!.Definition.From);
    }

    [Fact]
    public async Task Files_that_change_are_read_again()
    {
        using var bench = new CatalogBench(new OneSource(database.Pool));
        Assert.Equal("", await bench.NamesAsync());

        bench.Write("orders.json", """{ "from": "sales.orders" }""");
        Assert.Equal("orders", await bench.NamesAsync());
        bench.Write("orders.json", """{ "from": "sales.nothing" }""");
        Assert.Equal("orders!", await bench.NamesAsync());
        bench.Write("recent.json", """{ "from": "sales.recent" }""");
        bench.Delete("orders.json");
        Assert.Equal("recent", await bench.NamesAsync());
        Assert.Null(await bench.FindAsync("orders"));
    }

    [Theory]
    [InlineData("demo_orders own", new string[0])]
    [InlineData("own", new[] { "ConnectionStrings:ExportHub=Host=db" })]
    [InlineData("demo_orders own", new[] { "ConnectionStrings:ExportHub=Host=db", "Demo:Seed=true" })]
    [InlineData("own", new[] { "Demo:Seed=false" })]
    public async Task Demo_datasets_come_with_demo_data(string names, string[] settings)
    {
        using var bench = new CatalogBench(
            new OneSource(database.Pool), [.. settings.Select(s => s.Split('=', 2)).Select(s => (s[0], s[1]))]);
        bench.Write("own.json", """{ "from": "sales.orders" }""");
        bench.Write("demo/demo_orders.json", """{ "from": "sales.orders" }""");
        bench.Write("other/not_read.json", """{ "from": "sales.orders" }""");

        Assert.Equal(names, await bench.NamesAsync());
    }

    [Fact]
    public async Task What_the_database_says_is_believed_for_a_minute()
    {
        await database.ExecuteAsync("DROP TABLE IF EXISTS growing; CREATE TABLE growing (a int)");
        using var bench = new CatalogBench(new OneSource(database.Pool));
        bench.Write("growing.json", """{ "from": "growing" }""");
        Assert.Single((await bench.FindAsync("growing"))!.Columns);

        await database.ExecuteAsync("ALTER TABLE growing ADD COLUMN b int");
        Assert.Single((await bench.FindAsync("growing"))!.Columns);
        bench.Clock.Now += TimeSpan.FromMinutes(1);
        Assert.Equal(2, (await bench.FindAsync("growing"))!.Columns.Count);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_asked_again_at_the_next_call()
    {
        await using var nobody = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=x;Database=x;Timeout=5");
        var sources = new SwitchedSource { Pool = nobody };
        using var bench = new CatalogBench(sources);
        bench.Write("orders.json", """{ "from": "sales.orders" }""");

        var silent = (await bench.FindAsync("orders"))!;
        Assert.True(silent.Unreachable);
        Assert.StartsWith("orders.json: Its database cannot be reached: ", silent.Broken, StringComparison.Ordinal);

        sources.Pool = database.Pool;
        Assert.Null((await bench.FindAsync("orders"))!.Broken);
    }

    [Fact]
    public async Task Callers_that_come_at_once_share_one_reading()
    {
        var sources = new SwitchedSource { Pool = database.Pool };
        using var bench = new CatalogBench(sources);
        bench.Write("orders.json", """{ "from": "sales.orders" }""");

        var datasets = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => bench.FindAsync("orders"))));

        Assert.All(datasets, d => Assert.Same(datasets[0], d));
        Assert.Equal(1, sources.Asked);
    }

    [Fact]
    public async Task A_caller_who_leaves_does_not_spoil_it_for_the_others()
    {
        using var bench = new CatalogBench(new OneSource(database.Pool));
        bench.Write("orders.json", """{ "from": "sales.orders" }""");

        // The lock keeps the reading from ending before the caller leaves.
        await using var connection = await database.Pool.OpenConnectionAsync();
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await using var locking = new NpgsqlCommand("LOCK TABLE sales.orders IN ACCESS EXCLUSIVE MODE", connection, transaction);
            await locking.ExecuteNonQueryAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bench.Catalog.FindAsync("orders", new CancellationToken(canceled: true)));
        }

        Assert.Null((await bench.FindAsync("orders"))!.Broken);
    }

    [Fact]
    public async Task A_role_without_the_right_to_read_breaks_the_dataset()
    {
        await database.ExecuteAsync("DROP ROLE IF EXISTS datasets_reader; CREATE ROLE datasets_reader; GRANT USAGE ON SCHEMA sales TO datasets_reader");
        try
        {
            await using var limited = NpgsqlDataSource.Create(database.ConnectionString + ";Options=-c role=datasets_reader");
            var dataset = await new Bench(limited).Description.ReadAsync(Bench.From("sales.orders"), CancellationToken.None);

            Assert.Equal("`from`: PostgreSQL says: permission denied for table orders.", dataset.Broken);
            Assert.False(dataset.Unreachable);
        }
        finally
        {
            await database.ExecuteAsync("DROP OWNED BY datasets_reader; DROP ROLE datasets_reader");
        }
    }

    [Theory]
    [InlineData("Datasets:Folder", " ", "Datasets:Folder must name a folder.")]
    [InlineData("Datasets:StatementTimeout", "-00:00:01", "Datasets:StatementTimeout must be from 00:00:00 to 24.00:00:00.")]
    [InlineData("Datasets:DescribeTimeout", "00:00:00", "Datasets:DescribeTimeout must be from 00:00:01 to 24.00:00:00.")]
    [InlineData("Datasets:CountFirstBelow", "-1", "Datasets:CountFirstBelow must be 0 or more.")]
    [InlineData("Datasets:CountUpTo", "-1", "Datasets:CountUpTo must be 0 or more, or not be given.")]
    [InlineData("Datasets:CountPatience", "00:00:00", "Datasets:CountPatience must be from 00:00:00.0010000 to 24.00:00:00.")]
    public async Task A_wrong_setting_stops_the_start(string key, string value, string reason)
    {
        using var bench = new CatalogBench(new OneSource(database.Pool), (key, value));

        Assert.Equal(reason, (await Assert.ThrowsAsync<OptionsValidationException>(bench.StartAsync)).Message);
    }

    private sealed class SwitchedSource : ISourceDatabases
    {
        private int asked;

        public required NpgsqlDataSource Pool { get; set; }

        public int Asked => asked;

        public IReadOnlyList<string> Names => [];

        public NpgsqlDataSource? Find(string? name)
        {
            Interlocked.Increment(ref asked);
            return Pool;
        }
    }
}
