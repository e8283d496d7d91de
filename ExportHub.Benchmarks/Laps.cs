using System.Diagnostics;
using System.Globalization;

namespace ExportHub.Benchmarks;

/// <summary>One run of a contestant that made a file.</summary>
/// <param name="Done">Until the file was there.</param>
/// <param name="Flushed">Until it was safe on the disk (fsync); the same for a contestant that does so itself.</param>
internal readonly record struct Lap(TimeSpan Done, TimeSpan Flushed)
{
    /// <summary>Of a file that was just made and not flushed. The file is removed, so that its pages never burden the next contestant.</summary>
    public static Lap Of(string file, long started)
    {
        var done = Stopwatch.GetElapsedTime(started);
        using (var handle = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite))
        {
            RandomAccess.FlushToDisk(handle);
        }

        var flushed = Stopwatch.GetElapsedTime(started);
        File.Delete(file);
        return new Lap(done, flushed);
    }
}

/// <summary>The times of several runs.</summary>
internal sealed record Times(IReadOnlyList<TimeSpan> All)
{
    public double Median => Middle([.. All.Select(time => time.TotalSeconds).Order()]);

    public override string ToString() => Spell(" s", 1);

    public string InMilliseconds() => Spell(" ms", 1000);

    private string Spell(string unit, int scale)
    {
        string Write(double seconds) => (seconds * scale).ToString(scale == 1 ? "0.00" : "0", CultureInfo.InvariantCulture);
        return $"{Write(Median)}{unit} ({Write(All.Min().TotalSeconds)}–{Write(All.Max().TotalSeconds)})";
    }

    private static double Middle(double[] sorted) => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}

/// <summary>The runs of one contestant.</summary>
internal sealed record Laps(Times Done, Times Flushed)
{
    private const int WarmUps = 2;

    /// <summary>
    /// Lets the contestants run in turn, so that whatever else the machine does hits all of them alike; first <see cref="WarmUps"/>
    /// times unmeasured. In the order of the arguments.
    /// </summary>
    public static Task<Laps[]> InterleaveAsync(int rounds, params IReadOnlyList<Func<Task<Lap>>> contestants) =>
        InterleaveAsync(rounds, WarmUps, contestants);

    /// <summary>For contestants that are warm already, or that need more to become so.</summary>
    public static async Task<Laps[]> InterleaveAsync(int rounds, int warmUps, params IReadOnlyList<Func<Task<Lap>>> contestants)
    {
        var laps = contestants.Select(_ => new List<Lap>()).ToArray();
        for (var round = -warmUps; round < rounds; round++)
        {
            for (var i = 0; i < laps.Length; i++)
            {
                var lap = await contestants[i]();
                laps[i].AddRange(round >= 0 ? [lap] : []);
            }
        }

        return [.. laps.Select(of => new Laps(new([.. of.Select(lap => lap.Done)]), new([.. of.Select(lap => lap.Flushed)])))];
    }
}
