using System.Buffers.Binary;

namespace ExportHub.Formats.Cells;

/// <summary>
/// int64 microseconds since 2000-01-01. With a clock it is a timestamptz, an instant in UTC that is shown as that clock shows it; without
/// one it is a timestamp, which has no zone.
/// </summary>
internal sealed class TimestampText(MomentForm form, ZoneClock? clock, CellCount fractions) : ICellWriter
{
    public void Write(ReadOnlySpan<byte> wire, FileBuffer to)
    {
        var micros = BinaryPrimitives.ReadInt64BigEndian(wire);
        if (micros is long.MinValue or long.MaxValue)
        {
            PostgresDates.WriteInfinity(micros > 0, to);
            return;
        }

        if (form.WholeSeconds && micros % TimeOfDay.Second != 0)
        {
            fractions.Cells++;
        }

        if (clock is null)
        {
            form.WriteMoment(micros, offsetMinutes: null, utc: false, to);
            return;
        }

        var offset = clock.OffsetMinutes(micros);
        form.WriteMoment(micros + (offset * 60 * TimeOfDay.Second), offset, clock.IsUtc, to);
    }
}
