using System.Buffers.Binary;
using ExportHub.Formats.Cells;

namespace ExportHub.Formats.Xlsx;

/// <summary>
/// A timestamp, or with a clock a timestamptz, as a number with a date format: what that clock showed, since Excel knows no zones. As text,
/// then with the offset, where Excel has no date for it.
/// </summary>
internal sealed class MomentCell(TimestampText text, ZoneClock? clock, CellCount asText) : ICellWriter
{
    private readonly PlainCell plain = new(text);

    public void Write(ReadOnlySpan<byte> wire, FileBuffer to)
    {
        var micros = BinaryPrimitives.ReadInt64BigEndian(wire);
        var wall = clock is null ? micros : micros + (clock.OffsetMinutes(micros) * 60 * TimeOfDay.Second);
        var (days, timeOfDay) = MomentForm.SplitDay(wall);
        if (!Serial.HasDay(days))
        {
            asText.Cells++;
            plain.Write(wire, to);
            return;
        }

        NumberCell.Open(timeOfDay % TimeOfDay.Second == 0 ? CellStyles.Moment : CellStyles.MomentWithFraction, to);
        Serial.WriteMoment(days, timeOfDay, to);
        NumberCell.Close(to);
    }
}
