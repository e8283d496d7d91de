namespace ExportHub.Tests.Datasets;

/// <summary>A clock that stands still until told otherwise; its timers run in real time.</summary>
internal sealed class StoppedClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
