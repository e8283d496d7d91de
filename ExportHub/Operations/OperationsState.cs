using System.Globalization;

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
            yield return (Level.Trouble, $"{Of(stuck.Count, "export is", "exports are")} stuck.");
        }

        foreach (var finding in OfRoom(room))
        {
            yield return finding;
        }

        if (facts.Whole.IntakePaused)
        {
            yield return (Level.Attention, "The intake is paused: new requests are refused.");
        }

        if (facts.Whole.Draining)
        {
            yield return (Level.Attention, "The start of exports is stopped: what runs goes on, what waits stays.");
        }

        if (facts.Failures.Where(group => group.LastHour > 0).ToList() is { Count: > 0 } failed)
        {
            var (count, most) = (failed.Sum(group => group.LastHour), failed.MaxBy(group => group.LastHour)!.Code);
            yield return (Level.Attention, $"{Of(count, "export", "exports")} failed in the last hour, {(count == 1 ? "" : failed.Count == 1 ? "all " : "most ")}as {most}.");
        }
    }

    private static IEnumerable<(Level Level, string Sentence)> OfRoom(RoomReport room)
    {
        if (!room.StoreAnswers)
        {
            yield return (Level.Trouble, "The place where files are kept does not answer.");
        }

        if (room.FreeBytes < room.ReserveBytes)
        {
            yield return (Level.Trouble, "There is no room left where files are kept beyond the reserve.");
        }
        else if (room.FreeBytes < RoomToWorry * room.ReserveBytes)
        {
            yield return (Level.Attention, "There is little room left where files are kept.");
        }

        if (room.Connections * 10 >= room.MaxConnections * 9)
        {
            yield return (Level.Attention, "Nine tenths of the connections that the database server allows are in use.");
        }
    }

    private static string Calm(OperationsFacts facts)
    {
        var (running, waiting) = (facts.Lanes.Sum(lane => lane.Running), facts.Lanes.Sum(lane => lane.Queued));
        return (running, waiting) == (0, 0)
            ? "Nothing runs and nothing waits."
            : $"{Of(running, "export runs", "exports run")}, {(waiting == 0 ? "none waits" : Of(waiting, "waits", "wait"))}, and nothing is stuck.";
    }

    private static string Of(long count, string one, string many) => count switch
    {
        0 => $"No {many}",
        1 => $"1 {one}",
        _ => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {many}"),
    };
}
