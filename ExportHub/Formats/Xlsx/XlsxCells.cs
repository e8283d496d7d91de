using ExportHub.Formats.Cells;

namespace ExportHub.Formats.Xlsx;

/// <summary>Chooses what writes the cells of a column.</summary>
internal static class XlsxCells
{
    public static ICellWriter For(FileColumn column, Spelling spelling, Remarks remarks)
    {
        var clock = column.Type == CellType.TimestampTz ? spelling.Clock : null;
        var fractions = remarks.Counter(RemarkKind.WholeSeconds, column);
        return column.Type switch
        {
            CellType.Boolean => new BooleanCell(),
            CellType.Int16 or CellType.Int32 or CellType.Int64 => Number(NumberStyles.OfInteger),
            CellType.Float4 or CellType.Float8 => Number(NumberStyles.OfFloat),
            CellType.Numeric => Number(NumberStyles.OfNumeric),
            CellType.Text or CellType.Json => new TextCell(remarks, column),
            CellType.Date => new DateCell(new DateText(spelling.Moments), DateAsText()),
            CellType.Time => new TimeCell(),
            CellType.Timestamp or CellType.TimestampTz => new MomentCell(new TimestampText(spelling.Moments, clock, fractions), clock, DateAsText()),
            CellType.Bytea => new ByteaCell(new ByteaText(), remarks.Counter(RemarkKind.Cut, column)),
            _ => new PlainCell(CellTexts.For(column, spelling, remarks)),
        };

        NumberCell Number(NumberStyle styleOf) =>
            new(CellTexts.For(column, spelling, remarks), styleOf, remarks.Counter(RemarkKind.NumberAsText, column));

        CellCount DateAsText() => remarks.Counter(RemarkKind.DateAsText, column);
    }
}
