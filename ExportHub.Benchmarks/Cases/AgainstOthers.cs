namespace ExportHub.Benchmarks.Cases;

/// <summary>Another way to the same rows.</summary>
/// <param name="Target">For the plain ratio; none for a peer that is measured for comparison only.</param>
internal sealed record Other(string Name, Func<Task<Lap>> Run, Target? Target = null);

/// <summary>One format of ours against others.</summary>
internal static class AgainstOthers
{
    /// <summary>
    /// For each other one, two figures: as it is, and with an fsync of its file. ExportHub's time always includes that fsync, since no
    /// file of its is published before.
    /// </summary>
    public static async IAsyncEnumerable<Figure> MeasureAsync(Stage stage, App app, OrderTable table, string format, params IReadOnlyList<Other> others)
    {
        var laps = await Laps.InterleaveAsync(stage.Options.Rounds, [.. others.Select(other => other.Run), () => app.RunAsync(table, format)]);
        var ours = laps[^1].Done;
        for (var i = 0; i < others.Count; i++)
        {
            var what = $"{format}, {table.Rows:N0} rows, against {others[i].Name}";
            yield return Against(what, ours, laps[i].Done, others[i].Target);
            yield return Against($"{what} and fsync", ours, laps[i].Flushed);
        }
    }

    public static Figure Against(string what, Times ours, Times theirs, Target? target = null) =>
        new(what, $"{ours} against {theirs}", ours.Median / theirs.Median, Figure.Ratio, target);
}
