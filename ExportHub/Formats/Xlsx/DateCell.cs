using System.Buffers.Binary;
using ExportHub.Formats.Cells;

namespace ExportHub.Formats.Xlsx;

/// <summary>A date as a number with a date format; as text where Excel has no date for it.</summary>
internal sealed class DateCell(DateText text, CellCount asText) : ICellWriter
{
    private readonly PlainCell plain = new(text);

    public void Write(ReadOnlySpan<byte> wire, FileBuffer to)
    {
        var days = BinaryPrimitives.ReadInt32BigEndian(wire);
        if (!Serial.HasDay(days))
        {
            asText.Cells++;
            plain.Write(wire, to);
            return;
        }

        NumberCell.Open(CellStyles.Date, to);
        Serial.WriteDay(days, to);
        NumberCell.Close(to);
    }
}
