using ExportHub.Access;
using ExportHub.Datasets;
using ExportHub.Formats;
using Microsoft.Extensions.Options;

namespace ExportHub.Tests.Datasets;

/// <summary>The row filter as a text, and as the database reads it.</summary>
public sealed class RowFilterTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private readonly Bench bench = new(database.Pool);

    public Task InitializeAsync() => database.ExecuteAsync("""
        CREATE TABLE IF NOT EXISTS deal (id int PRIMARY KEY, region text, country char(2), level int, owner text);
        INSERT INTO deal VALUES (1, 'EU', 'DE', 1, 'anna'), (2, 'EU', 'FR', 2, 'bert'), (3, 'US', 'US', 3, 'anna'), (4, NULL, 'CH', 4, NULL), (5, $$O'Neill -- ; ($$, 'AT', 5, 'cleo')
        ON CONFLICT DO NOTHING
        """);

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("true -- anything", "comments")]
    [InlineData("true /* anything */", "comments")]
    [InlineData("true) OR (true", "closes a parenthesis that it has not opened")]
    [InlineData(")", "closes a parenthesis that it has not opened")]
    [InlineData("(region = 'EU'", "leaves a parenthesis open")]
    [InlineData("true; DROP TABLE deal", "must not hold the character ;")]
    [InlineData("region = 'EU", "a quote is left open")]
    [InlineData("\"region = 1", "a quote is left open")]
    [InlineData("region = E'\\' OR true --'", "a quote is left open")]
    [InlineData("region = $$EU$$", "must not hold the character $")]
    [InlineData("region = $1", "must not hold the character $")]
    [InlineData("region = 'a\0b'", "a quote is left open")]
    [InlineData("region =\0", "must not hold the character U+0000")]
    [InlineData(" ", "must not be blank")]
    [InlineData("region = @region", "a claim is written")]
    [InlineData("region = @user.Region", "a claim is written")]
    [InlineData("region = @user", "a claim is written")]
    [InlineData("region = @user.", "a claim is written")]
    [InlineData("region = @user.region.name", "a claim is written")]
    [InlineData("region = @User.region", "a claim is written")]
    [InlineData("region <@user.region", "a claim is written")]
    [InlineData("level = 1-@user.level", "a claim is written")]
    public void What_could_end_its_parentheses_or_is_no_claim_is_refused(string text, string fault)
    {
        var (filter, said) = RowFilter.Parse(text);

        Assert.Null(filter);
        Assert.Contains(fault, said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("region = @user.region", "region = CAST($region AS text)")]
    [InlineData("region='@user.region'", "region='@user.region'")]
    [InlineData("\"@user.region\" = 'it''s -- (not'", "\"@user.region\" = 'it''s -- (not'")]
    [InlineData("(level - 1 > 0) AND tags @> ARRAY[@user.tag]", "(level - 1 > 0) AND tags @> ARRAY[CAST($tag AS text)]")]
    [InlineData("level = @user.level::int", "level = CAST($level AS text)::int")]
    public void Claims_become_parameters_and_nothing_else_changes(string text, string sql)
    {
        var filter = RowFilter.Parse(text).Filter! with { Lists = new HashSet<string>() };

        Assert.Equal($"(\n{sql}\n)", filter.Sql(claim => "$" + claim));
    }

    [Theory]
    [InlineData("nothing = @user.region", "`rowFilter`: PostgreSQL says: column \"nothing\" does not exist.")]
    [InlineData("region", "`rowFilter`: PostgreSQL says: argument of WHERE must be type boolean")]
    [InlineData("true LIMIT 1", "`rowFilter`: PostgreSQL says: syntax error")]
    [InlineData("true UNION SELECT", "`rowFilter`: PostgreSQL says: syntax error")]
    [InlineData("region = @user.region AND region = ANY (@user.region)", "`rowFilter`: PostgreSQL says: ")]
    [InlineData("level = @user.level", "`rowFilter`: PostgreSQL says: operator does not exist: integer = text.")]
    [InlineData("count(*) > 1", "`rowFilter`: PostgreSQL says: aggregate functions are not allowed in WHERE.")]
    [InlineData("region = @region", "`rowFilter`: a claim is written")]
    public async Task What_the_database_does_not_understand_breaks_the_dataset(string rowFilter, string reason)
    {
        var dataset = await bench.Description.ReadAsync(Bench.From("deal") with { RowFilter = rowFilter }, default);

        Assert.StartsWith(reason, dataset.Broken, StringComparison.Ordinal);
        Assert.False(dataset.Unreachable);
    }

    [Theory]
    [InlineData("region = @user.region", "EU", "1 2")]
    [InlineData("region = ANY (@user.region)", "EU", "1 2")]
    [InlineData("region = ANY (@user.region)", "EU|US", "1 2 3")]
    [InlineData("country = ANY (@user.region)", "DE|AT", "1 5")]
    [InlineData("region = @user.region", "O'Neill -- ; (", "5")]
    [InlineData("region = @user.region", "' OR true --", "")]
    [InlineData("owner = @user.name", "", "1 3")]
    [InlineData("'boss' = ANY (@user.roles)", "", "")]
    [InlineData("'sales' = ANY (@user.roles) AND level < @user.region::int", "3", "1 2")]
    [InlineData("region = @user.region OR true", "US", "1 2 3 4 5")]
    [InlineData("NOT (region = @user.region)", "US", "1 2 5")]
    public async Task Only_rows_that_meet_it_are_read_and_counted(string rowFilter, string region, string rows)
    {
        var dataset = await ForAnnaAsync(rowFilter, region.Split('|', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(rows, await bench.FirstColumnAsync(dataset, """{ "columns": ["id"], "sort": [{ "column": "id" }] }"""));
        await using var reader = await bench.OpenAsync(dataset, Bench.Settle(dataset, "{}"));
        Assert.Equal(rows.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length, reader.Tally.Selected.Rows);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100_000)]
    public async Task The_count_is_of_the_same_rows_wherever_it_is_made(long countFirstBelow)
    {
        var counting = new Bench(database.Pool, new() { CountFirstBelow = countFirstBelow, CountPatience = TimeSpan.FromMinutes(1) });
        var dataset = await ForAnnaAsync("region = @user.region", ["EU"]);
        await using var reader = await counting.OpenAsync(dataset, Bench.Settle(dataset, """{ "limit": 1 }"""));
        using var row = new RawRow(reader.Columns.Count);
        while (await reader.ReadAsync(row, default))
        {
        }

        Assert.Equal(new SelectedRows(2, NotCounted: null), await reader.CountAsync(default));
    }

    [Fact]
    public async Task The_forecast_plans_with_it()
    {
        await database.ExecuteAsync("ANALYZE deal");
        var planner = new RowPlanner(new OneSource(database.Pool), Options.Create(new DatasetsOptions()), TimeProvider.System);
        var dataset = await ForAnnaAsync("id = @user.region::int", ["3"]);

        Assert.Equal(1, (await planner.PlanAsync(dataset, Bench.Settle(dataset, "{}"), default))!.Value.Rows);
    }

    [Fact]
    public async Task A_filter_of_the_request_only_narrows_it_further()
    {
        var dataset = await ForAnnaAsync("region = @user.region OR owner = @user.name", ["EU"]);

        Assert.Equal("1 3", await bench.FirstColumnAsync(dataset, """{ "filters": [{ "column": "owner", "op": "eq", "value": "anna" }], "sort": [{ "column": "id" }] }"""));
        Assert.Equal("3", await bench.FirstColumnAsync(dataset, """{ "filters": [{ "column": "region", "op": "in", "value": ["US"] }] }"""));
    }

    [Fact]
    public async Task Nobody_reads_a_dataset_with_a_row_filter_for_whom_nobody_has_said_which_rows()
    {
        var dataset = await bench.DescribeAsync(Bench.From("deal") with { RowFilter = "region = @user.region" });

        await Assert.ThrowsAsync<InvalidOperationException>(() => bench.OpenAsync(dataset, Bench.Settle(dataset, "{}")));
    }

    [Fact]
    public async Task The_pool_keeps_nothing_of_the_check()
    {
        await bench.DescribeAsync(Bench.From("deal") with { RowFilter = "region = @user.region" });
        await bench.Description.ReadAsync(Bench.From("deal") with { RowFilter = "region = 5 = @user.region" }, default);

        Assert.Null((await bench.DescribeAsync(Bench.From("deal") with { RowFilter = "owner = ANY (@user.region)" })).Broken);
    }

    private async Task<Dataset> ForAnnaAsync(string rowFilter, string[] region)
    {
        var definition = Bench.From("deal") with { RowFilter = rowFilter, Rights = new() { Export = ["*"] } };
        var anna = new Person("anna", ["sales"], Attributes.Of(region.Select(value => ("region", value))), IsAdministrator: false);
        var dataset = new DatasetRights(definition, anna).Narrow(await bench.DescribeAsync(definition))!;
        Assert.Null(dataset.Permission!.Obstacle);
        return dataset;
    }
}
