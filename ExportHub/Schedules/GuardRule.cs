using ExportHub.Language;

namespace ExportHub.Schedules;

/// <summary>Whether a run stands out among those before it.</summary>
internal static class GuardRule
{
    /// <summary>How many of the last completed runs are looked at.</summary>
    public const int Looked = 10;

    /// <summary>Fewer say nothing of what is usual.</summary>
    private const int Fewest = 3;

    /// <summary>A machine that is busy for a moment is no news.</summary>
    private const double LeastSeconds = 60;

    /// <summary>A sentence for each thing that stands out; empty when nothing does.</summary>
    /// <param name="before">The last completed runs, the latest first.</param>
    /// <param name="changed">Whether the schedule was changed since the latest of them, so that other columns are what was wanted.</param>
    public static IReadOnlyList<string> Judge(RunGuard guard, RunFigures run, IReadOnlyList<RunFigures> before, bool changed) =>
    [
        .. new[] { Empty(guard, run, before), Rows(guard, run, before) ?? Bytes(guard, run, before), Duration(guard, run, before) }.OfType<string>(),
        .. guard.Columns && !changed && before.Count > 0 ? Columns(run, before[0]) : [],
    ];

    private static string? Empty(RunGuard guard, RunFigures run, IReadOnlyList<RunFigures> before) => !guard.Empty || run.Rows > 0 ? null
        : before.Count < Fewest ? Text.Of("The file has no rows.")
        : Text.Of("The file has no rows, where the last {0} runs had about {1:N0}.", before.Count, Median(before, one => one.Rows));

    private static string? Rows(RunGuard guard, RunFigures run, IReadOnlyList<RunFigures> before) => run.Rows > 0 && IsOut(guard, run, before, one => one.Rows)
        ? Text.Of("{0:N0} rows, where the last {1} runs had about {2:N0}.", run.Rows, before.Count, Median(before, one => one.Rows))
        : null;

    private static string? Bytes(RunGuard guard, RunFigures run, IReadOnlyList<RunFigures> before) => run.Rows > 0 && IsOut(guard, run, before, one => one.Bytes)
        ? Text.Of("{0:N0} bytes, where the last {1} runs had about {2:N0}.", run.Bytes, before.Count, Median(before, one => one.Bytes))
        : null;

    private static string? Duration(RunGuard guard, RunFigures run, IReadOnlyList<RunFigures> before) =>
        IsOut(guard, run, before, one => one.Seconds) && Math.Abs(run.Seconds - Median(before, one => one.Seconds)) >= LeastSeconds
            ? Text.Of("It took {0:N0} seconds, where the last {1} runs took about {2:N0}.", run.Seconds, before.Count, Median(before, one => one.Seconds))
            : null;

    private static IEnumerable<string> Columns(RunFigures run, RunFigures last)
    {
        if (last.Columns.Except(run.Columns).ToList() is { Count: > 0 } gone)
        {
            yield return Text.Of("Columns that the last run had are not in it: {0}.", string.Join(", ", gone));
        }

        if (run.Columns.Except(last.Columns).ToList() is { Count: > 0 } added)
        {
            yield return Text.Of("Columns are in it that the last run had not: {0}.", string.Join(", ", added));
        }
    }

    private static bool IsOut(RunGuard guard, RunFigures run, IReadOnlyList<RunFigures> before, Func<RunFigures, double> figure)
    {
        if (guard.Factor is not { } factor || before.Count < Fewest || Median(before, figure) is not (> 0 and var usual))
        {
            return false;
        }

        return figure(run) > usual * factor || figure(run) < usual / factor;
    }

    private static double Median(IReadOnlyList<RunFigures> runs, Func<RunFigures, double> figure)
    {
        var ordered = runs.Select(figure).Order().ToArray();
        var middle = ordered.Length / 2;
        return ordered.Length % 2 == 1 ? ordered[middle] : (ordered[middle - 1] + ordered[middle]) / 2;
    }
}
