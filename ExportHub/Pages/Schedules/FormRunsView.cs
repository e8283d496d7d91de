using ExportHub.Language;
using ExportHub.Pages.Words;
using ExportHub.Schedules;

namespace ExportHub.Pages.Schedules;

/// <summary>The runs that a form would have, as they are shown beside it.</summary>
public sealed class FormRunsView
{
    private readonly ForeseenRuns foreseen;
    private readonly bool hasDates;

    /// <param name="hasDates">Whether there are days that stay the same from run to run.</param>
    internal FormRunsView(ForeseenRuns foreseen, bool hasDates) => (this.foreseen, this.hasDates) = (foreseen, hasDates);

    internal IReadOnlyList<PlannedRun> Runs => foreseen.Runs;

    /// <summary>What keeps the form from having runs. It is not said as an error: somebody is still typing.</summary>
    internal IReadOnlyList<string> Obstacles => [.. ScheduleFormFaults.Of(foreseen.Refusal).Select(fault => fault.Message)];

    /// <summary>All of it in a line, for the ear too.</summary>
    internal string Line => foreseen is { Words: { } words, Runs: [var first, ..] }
        ? Text.Of("{0}. First on {1}.", words, Moment(first))
        : Text.Of("The next runs follow when the form is finished.");

    /// <summary>As a clock in the zone of the schedule shows it.</summary>
    internal static string Moment(PlannedRun run) => run.At.ToString(Text.Of("ddd d MMM yyyy, HH:mm"), Text.Culture);

    internal static string Offset(PlannedRun run) => run.At.ToString("'UTC'zzz", System.Globalization.CultureInfo.InvariantCulture);

    internal string Period(PlannedRun run) => run is { From: { } from, To: { } to } ? Text.Of("for {0}", RelativeRanges.Days(from, to.AddDays(-1)))
        : hasDates ? Text.Of("for the same days each time")
        : Text.Of("for all dates");
}
