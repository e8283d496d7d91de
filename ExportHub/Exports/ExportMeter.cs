using System.Diagnostics.Metrics;

namespace ExportHub.Exports;

/// <summary>
/// Counts what happens to exports, where it happens, on this instance and since it started. Names and units follow the OpenTelemetry conventions
/// (General metric semantic conventions). Where nobody listens, counting costs next to nothing.
/// </summary>
internal sealed class ExportMeter
{
    /// <summary>The one meter of the application; Operations adds its gauges to it.</summary>
    public const string Name = "ExportHub";

    /// <summary>The attribute that names the lane.</summary>
    public const string LaneTag = "exporthub.lane";

    private readonly Counter<long> attempts;
    private readonly Counter<long> failures;
    private readonly Counter<long> publishesLost;
    private readonly Dictionary<Lane, Written> written = Enum.GetValues<Lane>().ToDictionary(lane => lane, _ => new Written());

    public ExportMeter(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        attempts = meter.CreateCounter<long>("exporthub.export.attempts", "{attempt}", "Attempts that a worker began.");
        failures = meter.CreateCounter<long>("exporthub.export.failures", "{failure}", "Attempts that failed, by code.");
        publishesLost = meter.CreateCounter<long>(
            "exporthub.export.publishes_lost", "{publish}", "Files that were finished and thrown away, because the export had been canceled or another attempt had taken over.");
        meter.CreateObservableCounter("exporthub.export.rows", () => Observe(w => w.Read().Rows), "{row}", "Rows written, by attempts that failed too.");
        meter.CreateObservableCounter("exporthub.export.bytes", () => Observe(w => w.Read().Bytes), "By", "Bytes written, by attempts that failed too.");
    }

    /// <summary>The value of <see cref="LaneTag"/>.</summary>
    public static string Of(Lane lane) => lane.ToString().ToLowerInvariant();

    /// <summary>Counts an attempt, and what it writes until it is disposed.</summary>
    public IDisposable Begin(Lane lane, Progress progress)
    {
        attempts.Add(1, KeyValuePair.Create<string, object?>(LaneTag, Of(lane)));
        return written[lane].Follow(progress);
    }

    /// <param name="code">See <see cref="Failure"/>.</param>
    /// <param name="final">False when the export goes back to the queue.</param>
    public void Fail(string code, bool final) => failures.Add(
        1, KeyValuePair.Create<string, object?>("error.type", code), KeyValuePair.Create<string, object?>("exporthub.final", final));

    public void LosePublish() => publishesLost.Add(1);

    private IEnumerable<Measurement<long>> Observe(Func<Written, long> read) =>
        written.Select(entry => new Measurement<long>(read(entry.Value), KeyValuePair.Create<string, object?>(LaneTag, Of(entry.Key))));

    /// <summary>What ended attempts wrote and what running ones have written so far, so that the loop over the rows counts nothing twice.</summary>
    private sealed class Written
    {
        private readonly Lock gate = new();
        private readonly HashSet<Progress> running = [];
        private long rows;
        private long bytes;

        public IDisposable Follow(Progress progress)
        {
            lock (gate)
            {
                running.Add(progress);
            }

            return new Followed(this, progress);
        }

        public (long Rows, long Bytes) Read()
        {
            lock (gate)
            {
                return (rows + running.Sum(progress => progress.Rows), bytes + running.Sum(progress => progress.Bytes));
            }
        }

        private void End(Progress progress)
        {
            lock (gate)
            {
                if (running.Remove(progress))
                {
                    rows += progress.Rows;
                    bytes += progress.Bytes;
                }
            }
        }

        private sealed class Followed(Written written, Progress progress) : IDisposable
        {
            public void Dispose() => written.End(progress);
        }
    }
}
