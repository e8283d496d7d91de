namespace ExportHub.Tests.Faults;

/// <summary>A clock on the wall that somebody sets; what measures how long things take goes on evenly, as on a real machine.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    private long shift;

    public TimeSpan Shift
    {
        get => TimeSpan.FromTicks(Volatile.Read(ref shift));
        set => Volatile.Write(ref shift, value.Ticks);
    }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
}
