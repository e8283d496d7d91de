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
            CellType.Int16 or CellType.Int32 or CellType.Int64 => Number(NumberFits.Integer),
            CellType.Float4 or CellType.Float8 => Number(NumberFits.Float),
            CellType.Numeric => Number(NumberFits.Numeric),
            CellType.Text or CellType.Json => new TextCell(Cut()),
            CellType.Date => new DateCell(new DateText(spelling.Moments)),
            CellType.Time => new TimeCell(),
            CellType.Timestamp or CellType.TimestampTz => new MomentCell(new TimestampText(spelling.Moments, clock, fractions), clock),
            CellType.Bytea => new ByteaCell(new ByteaText(), Cut()),
            _ => new PlainCell(CellTexts.For(column, spelling, remarks)),
        };

        NumberCell Number(NumberFit fit) =>
            new(CellTexts.For(column, spelling, remarks), fit, remarks.Counter(RemarkKind.NumberAsText, column));

        CellCount Cut() => remarks.Counter(RemarkKind.Cut, column);
    }
}
