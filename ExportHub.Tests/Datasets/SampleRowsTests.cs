using ExportHub.Access;
using ExportHub.Datasets;
using Microsoft.Extensions.Options;

namespace ExportHub.Tests.Datasets;

public sealed class SampleRowsTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private static readonly Person Administrator = new("admin", ["admin"], Attributes.None, IsAdministrator: true);

    private readonly OneSource source = new(database.Pool);

    public Task InitializeAsync() => database.ExecuteAsync("""
        CREATE TABLE IF NOT EXISTS deals (id int PRIMARY KEY, region text, "odd ""name" text, bytes bytea);
        TRUNCATE deals;
        INSERT INTO deals SELECT n, CASE WHEN n % 2 = 0 THEN 'EU' ELSE 'US' END, CASE WHEN n = 2 THEN repeat('x', 5000) END, '\x00ff' FROM generate_series(1, 100) AS n
        """);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task The_first_rows_are_texts_and_long_ones_are_cut()
    {
        var sample = await ReadAsync(new() { Name = "deals", From = "public.deals" }, Administrator);

        Assert.Null(sample.Fault);
        Assert.Equal(SampleRows.Most, sample.Rows!.Count);
        Assert.Equal(["2", "EU", new string('x', 200) + "…", "\\x00ff"], sample.Rows.Single(row => row[0] == "2"));
        Assert.Null(sample.Rows.Single(row => row[0] == "1")[2]);
    }

    [Fact]
    public async Task Somebody_else_sees_only_the_own_rows_and_columns()
    {
        var definition = new DatasetDefinition
        {
            Name = "deals", From = "public.deals", Rights = new() { Export = ["sales"] }, RowFilter = "region = @user.region",
            Columns = new Dictionary<string, ColumnDefinition> { ["bytes"] = new() { Roles = ["finance"] }, ["odd \"name"] = new() { Hidden = true } },
        };

        var sample = await ReadAsync(definition, new("anna", ["sales"], Attributes.Of([("region", "EU")]), IsAdministrator: false));

        Assert.All(sample.Rows!, row => Assert.Equal([row[0], "EU"], row));
        Assert.Equal("EU", Assert.Single(sample.Values));
    }

    [Fact]
    public async Task A_query_that_takes_too_long_or_fails_at_its_rows_says_so()
    {
        var slow = ReadAsync(new() { Name = "slow", Query = "SELECT pg_sleep(60)::text AS a" }, Administrator);
        var wrong = await ReadAsync(new() { Name = "wrong", Query = "SELECT 1 / (id - id) AS a FROM public.deals" }, Administrator);

        Assert.Equal("PostgreSQL says: division by zero.", wrong.Fault);
        Assert.Contains("within 5 seconds", (await slow).Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELECT 1 AS a) AS t; CREATE TABLE public.hacked (); SELECT * FROM (SELECT 1 AS a")]
    [InlineData("SELECT 1 AS a) AS t; COMMIT; SET default_transaction_read_only = off; BEGIN; CREATE TABLE public.hacked (); SELECT * FROM (SELECT 1 AS a")]
    [InlineData("WITH made AS (DELETE FROM public.deals RETURNING id) SELECT id FROM made")]
    [InlineData("SELECT set_config('transaction_read_only', 'off', false) AS a, nextval('public.deals_seq') AS b")]
    public async Task A_query_that_would_do_more_than_read_breaks_the_dataset_and_does_nothing(string query)
    {
        await database.ExecuteAsync("CREATE SEQUENCE IF NOT EXISTS deals_seq");
        var dataset = await Description.ReadAsync(new() { Name = "hostile", Query = query }, default);

        if (dataset.Broken is null)
        {
            Assert.NotNull((await Sampling.ReadAsync(new DatasetRights(dataset.Definition, Administrator).Permit(dataset), default)).Fault);
        }

        Assert.Equal(0, await database.CountAsync("SELECT count(*) FROM pg_class WHERE relname = 'hacked'"));
        Assert.Equal(100, await database.CountAsync("SELECT count(*) FROM deals"));
        Assert.Equal(1, await database.CountAsync("SELECT last_value FROM deals_seq"));
    }

    private DatasetDescription Description => new(new SourceInquiry(source, Options.Create(new DatasetsOptions()), TimeProvider.System));

    private SampleRows Sampling => new(source, Options.Create(new DatasetsOptions()));

    private async Task<SampledRows> ReadAsync(DatasetDefinition definition, Person person)
    {
        var dataset = await Description.ReadAsync(definition, default);
        Assert.Null(dataset.Broken);
        return await Sampling.ReadAsync(new DatasetRights(definition, person).Narrow(dataset)!, default);
    }
}
