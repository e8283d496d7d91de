using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using ExportHub.Exports;
using Microsoft.Extensions.DependencyInjection;

namespace ExportHub.Tests;

/// <summary>Listens to the meter of one application and of no other in the same process.</summary>
internal sealed class Metered : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly ConcurrentQueue<Measured> measured = [];

    public Metered(IServiceProvider services)
        : this(services.GetRequiredService<IMeterFactory>())
    {
    }

    private Metered(IMeterFactory meters)
    {
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (instrument.Meter.Name == ExportMeter.Name && instrument.Meter.Scope == meters)
            {
                Units[instrument.Name] = instrument.Unit;
                own.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => measured.Enqueue(new(instrument.Name, value, Words(tags))));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => measured.Enqueue(new(instrument.Name, value, Words(tags))));
        listener.Start();
    }

    /// <summary>Of every instrument seen so far.</summary>
    public ConcurrentDictionary<string, string?> Units { get; } = [];

    /// <summary>A meter that nobody listens to, for a class that is tested alone.</summary>
    public static ExportMeter Apart() => new(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());

    /// <summary>What counters counted since listening began; of tags only those that contain the text.</summary>
    public double Sum(string instrument, string tags = "") =>
        measured.Where(m => m.Instrument == instrument && m.Tags.Contains(tags, StringComparison.Ordinal)).Sum(m => m.Value);

    /// <summary>What gauges and observed counters say now.</summary>
    public IReadOnlyList<Measured> Collect()
    {
        var before = measured.Count;
        listener.RecordObservableInstruments();
        return [.. measured.Skip(before)];
    }

    public void Dispose() => listener.Dispose();

    private static string Words(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var words = new List<string>();
        foreach (var (name, value) in tags)
        {
            words.Add($"{name}={value}");
        }

        return string.Join(' ', words);
    }
}

/// <param name="Tags">Such as `exporthub.lane=bulk`.</param>
internal sealed record Measured(string Instrument, double Value, string Tags);
