using ExportHub.Exports;

namespace ExportHub.Tests.Exports;

public sealed class PollingRuleTests
{
    private static readonly PollingOptions Options = new();

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 5.6931)]
    [InlineData(3, 7.0794)]
    [InlineData(10, 11.9315)]
    public void The_delay_is_x_plus_ln_of_two_to_the_n(int polls, double seconds)
    {
        Assert.Equal(seconds, PollingRule.DelaySeconds(Options, polls, null), 4);
        Assert.Equal(5 + Math.Log(Math.Pow(2, polls)), PollingRule.DelaySeconds(Options, polls, null), 9);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(1024)]
    [InlineData(int.MaxValue)]
    public void Many_polls_never_wait_longer_than_the_cap(int polls) =>
        Assert.Equal(60, PollingRule.DelaySeconds(Options, polls, null));

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void A_count_that_cannot_be_counts_as_none(int polls) =>
        Assert.Equal(5, PollingRule.DelaySeconds(Options, polls, null));

    [Theory]
    [InlineData(2, 2.5)]
    [InlineData(0, 1)]
    [InlineData(600, 5)]
    public void A_known_end_that_is_nearer_is_waited_for(double eta, double seconds) =>
        Assert.Equal(seconds, PollingRule.DelaySeconds(Options, 0, eta));

    [Fact]
    public void Without_use_of_the_eta_the_formula_stands_alone() =>
        Assert.Equal(5, PollingRule.DelaySeconds(new PollingOptions { UseEta = false }, 0, 1));
}
