using System.Diagnostics.Metrics;
using Dapper;
using ExportHub.Database;
using ExportHub.Exports;

namespace ExportHub.Operations;

/// <summary>
/// The gauges that only the database knows. They are the same on every instance: whoever adds up instances takes their maximum.
/// However many are collected, the database is asked once in <see cref="Lifetime"/>, and never when nobody collects.
/// </summary>
internal sealed partial class QueueGauges(IMeterFactory meters, AppDatabase database, TimeProvider time, ILogger<QueueGauges> logger) : IHostedService
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(3);

    private const int PatienceSeconds = 3;

    private readonly Lock gate = new();
    private IReadOnlyList<LaneFigures> known = [];
    private long? readAt;

    static QueueGauges() => ExportColumns.Register();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var meter = meters.Create(ExportMeter.Name);
        meter.CreateObservableGauge("exporthub.export.queued", () => Observe(lane => lane.Queued), "{export}", "Exports that wait.");
        meter.CreateObservableGauge("exporthub.export.running", () => Observe(lane => lane.Running), "{export}", "Exports that run.");
        meter.CreateObservableGauge(
            "exporthub.export.wait.oldest", () => Observe(lane => lane.OldestWaitSeconds), "s", "How long the longest has waited since it could have started.");
        meter.CreateObservableGauge(
            "exporthub.lease.age.oldest", () => Observe(lane => lane.OldestLeaseSeconds), "s", "Time since the most silent running attempt gave a sign of life.");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private IEnumerable<Measurement<T>> Observe<T>(Func<LaneFigures, T> read)
        where T : struct =>
        Read().Select(lane => new Measurement<T>(read(lane), KeyValuePair.Create<string, object?>(ExportMeter.LaneTag, ExportMeter.Of(lane.Lane))));

    /// <summary>Nothing where the database does not answer: a gauge that is missing is better than one that lies.</summary>
    private IReadOnlyList<LaneFigures> Read()
    {
        lock (gate)
        {
            if (readAt is { } last && time.GetElapsedTime(last) < Lifetime)
            {
                return known;
            }

            try
            {
                using var connection = database.Pool.OpenConnection();
                known = LaneFigures.Complete(connection.Query<LaneFigures>(LaneFigures.Sql, commandTimeout: PatienceSeconds));
            }
            catch (Exception fault)
            {
                known = [];
                LogNotRead(logger, fault);
            }

            readAt = time.GetTimestamp();
            return known;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The gauges could not be read; they are left out until the database answers")]
    private static partial void LogNotRead(ILogger logger, Exception fault);
}
