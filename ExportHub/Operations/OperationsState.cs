using ExportHub.Language;

namespace ExportHub.Operations;

internal enum Level
{
    /// <summary>Nothing needs an administrator.</summary>
    Healthy,

    /// <summary>Exports go on, but somebody should know.</summary>
    Attention,

    /// <summary>Exports do not get done, or soon will not.</summary>
    Trouble,
}

/// <summary>Is it healthy?</summary>
/// <param name="Sentence">The worst that there is to say, or what is going on when all is well.</param>
/// <param name="Further">What else there is to say, worst first.</param>
internal sealed record OperationsState(Level Level, string Sentence, IReadOnlyList<string> Further)
{
    // Room for a second reserve is when to look for more.
    private const int RoomToWorry = 2;

    public static OperationsState Of(OperationsFacts facts, IReadOnlyList<StuckExport> stuck, RoomReport room)
    {
        var findings = Findings(facts, stuck, room).OrderByDescending(finding => finding.Level).ToList();
        return findings is [var worst, .. var others]
            ? new OperationsState(worst.Level, worst.Sentence, [.. others.Select(finding => finding.Sentence)])
            : new OperationsState(Level.Healthy, Calm(facts), []);
    }

    private static IEnumerable<(Level Level, string Sentence)> Findings(OperationsFacts facts, IReadOnlyList<StuckExport> stuck, RoomReport room)
    {
        if (stuck.Count > 0)
        {
            yield return (Level.Trouble, stuck.Count == 1 ? Text.Of("1 export is stuck.") : Text.Of("{0:N0} exports are stuck.", stuck.Count));
        }

        foreach (var finding in OfRoom(room))
        {
            yield return finding;
        }

        if (facts.Whole.IntakePaused)
        {
            yield return (Level.Attention, Text.Of("The intake is paused: new requests are refused."));
        }

        if (facts.Whole.Draining)
        {
            yield return (Level.Attention, Text.Of("The start of exports is stopped: what runs goes on, what waits stays."));
        }

        if (facts.Failures.Where(group => group.LastHour > 0).ToList() is { Count: > 0 } failed)
        {
            yield return (Level.Attention, OfFailures(failed));
        }
    }

    private static IEnumerable<(Level Level, string Sentence)> OfRoom(RoomReport room)
    {
        if (!room.StoreAnswers)
        {
            yield return (Level.Trouble, Text.Of("The place where files are kept does not answer."));
        }

        if (room.FreeBytes < room.ReserveBytes)
        {
            yield return (Level.Trouble, Text.Of("There is no room left where files are kept beyond the reserve."));
        }
        else if (room.FreeBytes < RoomToWorry * room.ReserveBytes)
        {
            yield return (Level.Attention, Text.Of("There is little room left where files are kept."));
        }

        if (room.Connections * 10 >= room.MaxConnections * 9)
        {
            yield return (Level.Attention, Text.Of("Nine tenths of the connections that the database server allows are in use."));
        }
    }

    private static string OfFailures(List<FailureGroup> failed)
    {
        var (count, most) = (failed.Sum(group => group.LastHour), failed.MaxBy(group => group.LastHour)!.Code);
        return count == 1 ? Text.Of("1 export failed in the last hour, as {0}.", most)
            : failed.Count == 1 ? Text.Of("{0:N0} exports failed in the last hour, all as {1}.", count, most)
            : Text.Of("{0:N0} exports failed in the last hour, most as {1}.", count, most);
    }

    private static string Calm(OperationsFacts facts)
    {
        var (running, waiting) = (facts.Lanes.Sum(lane => lane.Running), facts.Lanes.Sum(lane => lane.Queued));
        return (running, waiting) == (0, 0) ? Text.Of("Nothing runs and nothing waits.") : Text.Of("{0}, {1}, and nothing is stuck.", Runs(running), Waits(waiting));
    }

    private static string Runs(long count) => count switch
    {
        0 => Text.Of("No exports run"),
        1 => Text.Of("1 export runs"),
        _ => Text.Of("{0:N0} exports run", count),
    };

    private static string Waits(long count) => count switch
    {
        0 => Text.Of("none waits"),
        1 => Text.Of("1 waits"),
        _ => Text.Of("{0:N0} wait", count),
    };
}
