using ExportHub.Exports;
using ExportHub.Language;
using ExportHub.Operations;
using ExportHub.Pages.Words;

namespace ExportHub.Pages.Operations;

/// <summary>What the parts of the operations page are drawn from.</summary>
public sealed class OperationsView
{
    internal OperationsView(OperationsReport report) => Report = report;

    internal OperationsReport Report { get; }

    /// <summary>The look of the badge, in the words that the stylesheet knows.</summary>
    internal string Look => Report.State.Level switch
    {
        Level.Healthy => "completed",
        Level.Attention => "queued",
        _ => "failed",
    };

    /// <summary>The level in a word.</summary>
    internal string LevelName => Report.State.Level switch
    {
        Level.Healthy => Text.Of("Healthy"),
        Level.Attention => Text.Of("Attention"),
        _ => Text.Of("Trouble"),
    };

    internal long Running => Report.Lanes.Sum(lane => lane.Running);

    internal long Waiting => Report.Lanes.Sum(lane => lane.Queued);

    internal long Failed => Report.Failures.Sum(group => group.Count);

    internal double OldestWait => Report.Lanes.Max(lane => lane.OldestWaitSeconds);

    /// <summary>"3 interactive, 1 bulk".</summary>
    internal static string ByLane(IReadOnlyList<LaneFigures> lanes, Func<LaneFigures, long> count) =>
        string.Join(", ", lanes.Select(lane => Text.Of(lane.Lane == Lane.Bulk ? "{0} bulk" : "{0} interactive", Quantity.Number(count(lane)))));

    internal static string NameOf(Lane lane) => Text.Of(lane == Lane.Bulk ? "bulk" : "interactive");

    internal static string Span(double seconds) => Duration.Exactly(TimeSpan.FromSeconds(seconds));
}
