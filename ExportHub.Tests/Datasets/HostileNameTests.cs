using System.Text.Json;
using ExportHub.Datasets;

namespace ExportHub.Tests.Datasets;

/// <summary>SQL in any field of a request or a definition does nothing.</summary>
public sealed class HostileNameTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private readonly Bench bench = new(database.Pool);

    public static TheoryData<string> Attacks =>
    [
        "'; DROP TABLE victim; --", "' OR 1=1 --", "\"; DROP TABLE victim; --", "id) FROM victim; DELETE FROM victim; --", "(SELECT pg_sleep(60))",
        "$1", "{0}", "\\'; DROP TABLE victim; --", "1; DROP TABLE victim", "id\" DESC, (SELECT pg_sleep(60)) --", "victim.id", "*", "ctid", "%", "_", "\\", "😀", "",
    ];

    public Task InitializeAsync() => database.ExecuteAsync("""
        CREATE TABLE IF NOT EXISTS victim (id int PRIMARY KEY, note text, at timestamptz);
        INSERT INTO victim VALUES (1, 'one', '2026-01-01'), (2, NULL, NULL) ON CONFLICT DO NOTHING
        """);

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task Names_in_a_request_are_looked_up_and_never_repeated(string attack)
    {
        var dataset = await bench.DescribeAsync(Bench.From("victim"));
        var request = new CriteriaRequest
        {
            Columns = [attack],
            Filters = [new(attack, "eq", JsonSerializer.SerializeToElement(1)), new("id", attack, JsonSerializer.SerializeToElement(1)), new("id", "eq", JsonSerializer.SerializeToElement(attack))],
            DateRange = new(attack, attack, attack),
            Sort = [new(attack)],
            TimeZone = attack,
        };

        var faults = Bench.Faults(dataset, request);

        Assert.Equal(
            ["timeZone", "columns[0]", "filters[0].column", "filters[1].op", "filters[2].value", "dateRange.column", "sort[0].column"],
            faults.Select(f => f.Field));
        Assert.All(faults, f => Assert.True(attack.Length < 5 || !f.Said.Contains(attack, StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task Bounds_and_range_names_are_dates_or_nothing(string attack)
    {
        var dataset = await bench.DescribeAsync(Bench.From("victim"));

        Assert.Equal(["dateRange.from", "dateRange.to"], Bench.Faults(dataset, new() { DateRange = new("at", attack, attack) }).Select(f => f.Field));
        Assert.Equal(["dateRange.relative"], Bench.Faults(dataset, new() { DateRange = new("at", Relative: attack) }).Select(f => f.Field));
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task A_text_is_found_as_it_is_and_only_as_it_is(string attack)
    {
        await database.ExecuteAsync("DROP TABLE IF EXISTS texts; CREATE TABLE texts (id int, note text)");
        await using (var insert = database.Pool.CreateCommand("INSERT INTO texts VALUES (1, 'decoy'), (2, $1), (3, 'x' || $1 || 'y'), (4, $1 || 'z')"))
        {
            insert.Parameters.Add(new() { Value = attack });
            await insert.ExecuteNonQueryAsync();
        }

        var dataset = await bench.DescribeAsync(Bench.From("texts"));
        Assert.Equal("2", await Ids("eq", attack));
        Assert.Equal("1 3 4", await Ids("ne", attack));
        Assert.Equal("2", await Ids("in", new[] { attack }));
        if (attack.Length > 0)
        {
            Assert.Equal("2 3 4", await Ids("contains", attack));
            Assert.Equal("2 4", await Ids("startsWith", attack));
            Assert.Equal("2", await Ids("endsWith", attack));
        }

        Task<string> Ids(string op, object value) => bench.FirstColumnAsync(
            dataset, JsonSerializer.Serialize(new { filters = new[] { new { column = "note", op, value } }, sort = new[] { new { column = "id" } } }));
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task A_definition_with_such_a_table_is_broken_and_nothing_more(string attack)
    {
        var dataset = await bench.Description.ReadAsync(new() { Name = "tested", From = $"victim{attack}" }, CancellationToken.None);

        Assert.True(dataset.Broken is not null || attack.Length == 0, dataset.Broken);
        Assert.False(dataset.Unreachable);
        Assert.Equal("1|2", await database.Pool.ScalarAsync("SELECT string_agg(id::text, '|' ORDER BY id) FROM victim"));
    }

    [Theory]
    [InlineData("SELECT 1 AS id; DROP TABLE victim")]
    [InlineData("SELECT 1 AS id) AS x; DROP TABLE victim; --")]
    [InlineData("DELETE FROM victim RETURNING id")]
    [InlineData("WITH gone AS (DELETE FROM victim RETURNING id) SELECT id FROM gone")]
    [InlineData("SELECT $1::int AS id")]
    public async Task A_query_that_is_more_than_a_query_is_refused(string query)
    {
        var dataset = await bench.Description.ReadAsync(Bench.Query(query), CancellationToken.None);

        Assert.StartsWith("`query`: PostgreSQL says: ", dataset.Broken, StringComparison.Ordinal);
        Assert.Equal("1|2", await database.Pool.ScalarAsync("SELECT string_agg(id::text, '|' ORDER BY id) FROM victim"));
    }

    [Fact]
    public async Task Strange_names_that_do_exist_are_served()
    {
        await database.ExecuteAsync("""
            CREATE SCHEMA IF NOT EXISTS "S; DROP ""x";
            DROP TABLE IF EXISTS "S; DROP ""x"."T.able $1";
            CREATE TABLE "S; DROP ""x"."T.able $1" ("{0}" int PRIMARY KEY, "a""b; --" text, "$1" int, "T" int, "t" int, "Ünï" int);
            INSERT INTO "S; DROP ""x"."T.able $1" VALUES (1, 'x', 2, 3, 4, 5), (2, 'y', 3, 4, 5, 6)
            """);
        var dataset = await bench.DescribeAsync(Bench.From("""
            "S; DROP ""x"."T.able $1"
            """.Trim()));

        var request = """
            { "filters": [ { "column": "a\"b; --", "op": "contains", "value": "X" }, { "column": "$1", "op": "eq", "value": 2 } ],
              "sort": [ { "column": "{0}" }, { "column": "t", "descending": true } ] }
            """;

        Assert.Equal("1 x 2 3 4 5", string.Join(' ', Assert.Single(await bench.ReadAsync(dataset, Bench.Settle(dataset, request)))));
    }

    [Fact]
    public async Task A_comment_at_the_end_of_a_query_swallows_nothing()
    {
        var dataset = await bench.DescribeAsync(Bench.Query("SELECT id FROM victim -- all of them"));

        Assert.Equal("1 2", await bench.FirstColumnAsync(dataset, """{ "sort": [ { "column": "id" } ] }"""));
    }
}
