namespace ExportHub.Formats.Cells;

/// <summary>
/// What the clocks of a zone show at an instant. Looking an offset up is slow and rows come in any order, so offsets are kept by UTC
/// hour, but only of hours that begin and end with the same one: a clock may be changed at any minute.
/// </summary>
internal sealed class ZoneClock
{
    private const long Hour = 3600 * TimeOfDay.Second;
    private const int Slots = 1024;

    private static readonly DateTime Epoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly long First = -Epoch.Ticks / TimeSpan.TicksPerMicrosecond;
    private static readonly long Last = (DateTime.MaxValue.Ticks - Epoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    private readonly TimeZoneInfo zone;
    private readonly long[] hours = new long[Slots];
    private readonly int[] offsets = new int[Slots];

    public ZoneClock(TimeZoneInfo zone)
    {
        this.zone = zone;
        IsUtc = zone.HasSameRules(TimeZoneInfo.Utc);
        Array.Fill(hours, long.MinValue);
    }

    public bool IsUtc { get; }

    /// <summary>
    /// Minutes to add to UTC, given in microseconds since 2000-01-01. Before the year 1 and after 9999 there are no rules
    /// of a zone to be had, so there the answer is 0.
    /// </summary>
    public int OffsetMinutes(long utcMicros)
    {
        if (IsUtc || utcMicros < First || utcMicros > Last)
        {
            return 0;
        }

        var hour = (utcMicros - First) / Hour;
        var slot = (int)(hour % Slots);
        return hours[slot] == hour ? offsets[slot] : LookUp(utcMicros, hour, slot);
    }

    private int LookUp(long utcMicros, long hour, int slot)
    {
        var begin = First + (hour * Hour);
        var offset = At(utcMicros);
        if (At(begin) == offset && At(Math.Min(begin + Hour - 1, Last)) == offset)
        {
            hours[slot] = hour;
            offsets[slot] = offset;
        }

        return offset;
    }

    private int At(long utcMicros) => (int)zone.GetUtcOffset(Epoch.AddTicks(utcMicros * TimeSpan.TicksPerMicrosecond)).TotalMinutes;
}
