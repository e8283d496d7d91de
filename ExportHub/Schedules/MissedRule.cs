using ExportHub.Language;

namespace ExportHub.Schedules;

/// <summary>What becomes of times that were due while nobody could run them.</summary>
internal static class MissedRule
{
    /// <summary>Of what was missed, more is not run at once, whatever the schedule says.</summary>
    public const int Most = 1000;

    /// <summary>Each with a reason, where it is not run.</summary>
    /// <param name="due">In order.</param>
    /// <param name="missedAfter">What is due longer was missed.</param>
    public static IReadOnlyList<DueRun> Of(IReadOnlyList<DateTimeOffset> due, MissedRuns policy, DateTimeOffset now, TimeSpan missedAfter)
    {
        var missed = due.TakeWhile(at => now - at > missedAfter).Count();
        var firstToRun = policy switch
        {
            MissedRuns.All => Math.Max(0, missed - Most),
            MissedRuns.One => Math.Max(0, missed - 1),
            _ => missed,
        };
        return [.. due.Select((at, place) => new DueRun(at, place < firstToRun ? Reason(policy) : null))];
    }

    private static string Reason(MissedRuns policy) => policy switch
    {
        MissedRuns.All => Text.Of("It was missed, with more runs than are made up for at once: those of the last {0:N0} times are made.", Most),
        MissedRuns.One => Text.Of("It was missed, and of several missed runs only the last is made."),
        _ => Text.Of("It was missed, and this schedule does not make up for missed runs."),
    };
}
