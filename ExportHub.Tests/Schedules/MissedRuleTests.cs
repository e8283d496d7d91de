using ExportHub.Schedules;

namespace ExportHub.Tests.Schedules;

public sealed class MissedRuleTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 10, 0, TimeSpan.Zero);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    [Theory]
    [InlineData(MissedRuns.One, 1)]
    [InlineData(MissedRuns.All, 12)]
    [InlineData(MissedRuns.None, 0)]
    internal void Of_twelve_that_six_hours_missed_as_many_run_as_the_schedule_says(MissedRuns policy, int runs)
    {
        var due = Enumerable.Range(0, 12).Select(place => Now - TimeSpan.FromMinutes(20 + (30 * (11 - place)))).ToList();

        var all = MissedRule.Of(due, policy, Now, Limit);

        Assert.Equal(due, all.Select(run => run.DueAt));
        Assert.Equal(due.TakeLast(runs), all.Where(run => run.Skipped is null).Select(run => run.DueAt));
    }

    [Theory]
    [InlineData(MissedRuns.One)]
    [InlineData(MissedRuns.All)]
    [InlineData(MissedRuns.None)]
    internal void What_is_due_a_little_while_was_not_missed(MissedRuns policy) =>
        Assert.Equal([new DueRun(Now - Limit)], MissedRule.Of([Now - Limit], policy, Now, Limit));

    [Fact]
    public void More_than_a_thousand_are_not_run_at_once()
    {
        var due = Enumerable.Range(0, 1500).Select(place => Now - TimeSpan.FromHours(1500 - place)).ToList();

        Assert.Equal(due.TakeLast(MissedRule.Most), MissedRule.Of(due, MissedRuns.All, Now, Limit).Where(run => run.Skipped is null).Select(run => run.DueAt));
    }
}
