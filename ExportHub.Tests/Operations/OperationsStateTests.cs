using ExportHub.Exports;
using ExportHub.Operations;

namespace ExportHub.Tests.Operations;

/// <summary>What is concluded from what was read.</summary>
public sealed class OperationsStateTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;
    private static readonly ExportsOptions Options = new();
    private static readonly RoomReport Roomy = new(10_000, 1_000, StoreAnswers: true, 3, 300, 20, 100);

    [Fact]
    public void Nothing_to_do_is_healthy() =>
        Assert.Equal((Level.Healthy, "Nothing runs and nothing waits."), Judge(Facts()));

    [Fact]
    public void Work_that_goes_on_is_healthy() =>
        Assert.Equal(
            (Level.Healthy, "2 exports run, 1 waits, and nothing is stuck."),
            Judge(Facts(running: 2, queued: 1) with { Waiting = [Waits(seconds: 5)] }));

    [Theory]
    [InlineData(999, true, 20, nameof(Level.Trouble), "There is no room left")]
    [InlineData(1_999, true, 20, nameof(Level.Attention), "There is little room left")]
    [InlineData(null, false, 20, nameof(Level.Trouble), "does not answer")]
    [InlineData(null, true, 20, nameof(Level.Healthy), "Nothing runs")]
    [InlineData(10_000, true, 90, nameof(Level.Attention), "connections")]
    public void Room_that_runs_out_is_said(int? free, bool answers, int connections, string level, string words)
    {
        var state = OperationsState.Of(Facts(), [], Roomy with { FreeBytes = free, StoreAnswers = answers, Connections = connections });

        Assert.Equal(level, state.Level.ToString());
        Assert.Contains(words, state.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void The_worst_comes_first_and_nothing_is_left_out()
    {
        FailureGroup[] failures = [new("too_slow", 5, 3, Now, Guid.Empty, "Orders", "Slow."), new("query_failed", 9, 1, Now, Guid.Empty, "Orders", "Wrong.")];
        var facts = Facts(draining: true, paused: true) with { Failures = failures };

        var state = OperationsState.Of(facts, [], Roomy with { FreeBytes = 1 });

        Assert.Equal(Level.Trouble, state.Level);
        Assert.Contains("room", state.Sentence, StringComparison.Ordinal);
        Assert.Equal(
            ["The intake is paused: new requests are refused.", "The start of exports is stopped: what runs goes on, what waits stays.",
                "4 exports failed in the last hour, most as too_slow."],
            state.Further);
    }

    [Theory]
    [InlineData(2, false, false)]
    [InlineData(16, false, true)]
    [InlineData(2, true, true)]
    public void A_running_export_is_stuck_when_it_was_silent_for_half_its_lease(double seconds, bool over, bool stuck) =>
        Assert.Equal(stuck, Stuck(Facts(running: 1) with { Running = [Runs(seconds, over)] }).Any());

    [Theory]
    [InlineData(59, 0, false, false, false)]
    [InlineData(61, 0, false, false, true)]
    [InlineData(61, 3, false, false, true)]
    [InlineData(61, 4, false, false, false)]
    [InlineData(61, 0, true, false, false)]
    [InlineData(61, 0, false, true, false)]
    public void A_waiting_export_is_stuck_when_nobody_takes_it_although_a_worker_is_free_and_nobody_holds_it(
        double seconds, int running, bool held, bool draining, bool stuck) =>
        Assert.Equal(stuck, Stuck(Facts(running, queued: 1, draining: draining) with { Waiting = [Waits(seconds, held)] }).Any());

    [Fact]
    public void A_second_instance_has_workers_too() =>
        Assert.Single(new StuckRule(Facts(running: 4, queued: 1) with { Waiting = [Waits(61)] }, instances: 2, Options).Find());

    [Fact]
    public void Why_an_export_waits_is_told_as_in_its_status_document()
    {
        Assert.Equal("workers", Explain(Waits(1)));
        Assert.Equal("ownExports", Explain(Waits(1, held: true)));
        Assert.Equal("administrator", Explain(Waits(1, held: true), draining: true));
        Assert.Equal("retry", Explain(Waits(0) with { DueAt = Now.AddMinutes(1), ErrorMessage = "Down." }));
    }

    private static (Level Level, string Sentence) Judge(OperationsFacts facts)
    {
        var state = OperationsState.Of(facts, Stuck(facts), Roomy);
        Assert.Empty(state.Further);
        return (state.Level, state.Sentence);
    }

    private static IReadOnlyList<StuckExport> Stuck(OperationsFacts facts) => new StuckRule(facts, instances: 1, Options).Find();

    private static string Explain(WaitingExport export, bool draining = false)
    {
        var explained = WaitingReason.Explain(export, Facts(draining: draining).Whole, Options);
        Assert.NotEqual("", explained.Why);
        return explained.WaitsFor;
    }

    private static OperationsFacts Facts(int running = 0, int queued = 0, bool draining = false, bool paused = false) => new(
        new WholeFacts(Now, paused, draining, 0, 0, 0, 100),
        [new(Lane.Interactive, queued, running, 0, 0), new(Lane.Bulk, 0, 0, 0, 0)],
        [],
        [],
        [],
        [],
        [],
        [],
        new UsageFigures(0, 0, 0, 0),
        []);

    private static RunningExport Runs(double silent, bool over) =>
        new(Guid.NewGuid(), "Orders", "csv", "anna", Lane.Interactive, 1, 5, null, 50, 100, silent, over, CancelRequested: false);

    private static WaitingExport Waits(double seconds, bool held = false) =>
        new(Guid.NewGuid(), "Orders", "csv", "anna", Lane.Interactive, Now, Now.AddSeconds(-seconds), seconds, held, null);
}
