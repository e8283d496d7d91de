using ExportHub.Schedules;

namespace ExportHub.Tests.Schedules;

public sealed class GuardRuleTests
{
    private static readonly RunFigures Usual = new(48_000, 2_000_000, 30, ["id", "amount"]);

    [Theory]
    [InlineData(48_000, 2_000_000, 30, null)]
    [InlineData(16_000, 700_000, 30, null)]
    [InlineData(144_000, 6_000_000, 89, null)]
    [InlineData(1_204, 50_000, 30, "1,204 rows, where the last 8 runs had about 48,000.")]
    [InlineData(144_001, 6_000_000, 30, "144,001 rows, where the last 8 runs had about 48,000.")]
    [InlineData(48_000, 6_000_001, 30, "6,000,001 bytes, where the last 8 runs had about 2,000,000.")]
    [InlineData(0, 20, 30, "The file has no rows, where the last 8 runs had about 48,000.")]
    [InlineData(48_000, 2_000_000, 89, null)]
    [InlineData(48_000, 2_000_000, 91, "It took 91 seconds, where the last 8 runs took about 30.")]
    public void A_run_is_compared_with_the_median_of_those_before(long rows, long bytes, double seconds, string? remark) =>
        Assert.Equal(remark, GuardRule.Judge(new RunGuard(), Usual with { Rows = rows, Bytes = bytes, Seconds = seconds }, [.. Enumerable.Repeat(Usual, 8)], changed: false).SingleOrDefault());

    [Fact]
    public void One_odd_run_among_those_before_does_not_move_what_is_usual() =>
        Assert.Empty(GuardRule.Judge(new RunGuard(), Usual, [Usual, Usual with { Rows = 9_000_000 }, Usual], changed: false));

    [Fact]
    public void Two_runs_say_nothing_of_what_is_usual_but_nothing_is_nothing()
    {
        Assert.Empty(GuardRule.Judge(new RunGuard(), Usual with { Rows = 1 }, [Usual, Usual], changed: false));
        Assert.Equal("The file has no rows.", Assert.Single(GuardRule.Judge(new RunGuard(), Usual with { Rows = 0 }, [], changed: false)));
    }

    [Fact]
    public void Other_columns_than_last_time_stand_out_unless_the_schedule_was_changed()
    {
        var run = Usual with { Columns = ["id", "price"] };

        Assert.Equal(
            ["Columns that the last run had are not in it: amount.", "Columns are in it that the last run had not: price."],
            GuardRule.Judge(new RunGuard(), run, [Usual], changed: false));
        Assert.Empty(GuardRule.Judge(new RunGuard(), run, [Usual], changed: true));
        Assert.Empty(GuardRule.Judge(new RunGuard { Columns = false }, run, [Usual], changed: false));
    }

    [Fact]
    public void What_the_owner_does_not_want_compared_is_not()
    {
        var before = Enumerable.Repeat(Usual, 8).ToList();

        Assert.Empty(GuardRule.Judge(new RunGuard { Empty = false }, Usual with { Rows = 0, Bytes = 2_000_000 }, before, changed: false));
        Assert.Empty(GuardRule.Judge(new RunGuard { Factor = null }, Usual with { Rows = 1 }, before, changed: false));
    }
}
