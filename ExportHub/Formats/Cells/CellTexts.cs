namespace ExportHub.Formats.Cells;

/// <summary>How values are spelled in a file.</summary>
/// <param name="Capitals">Booleans are `TRUE` and `FALSE`.</param>
internal sealed record Spelling(byte DecimalSign, bool Capitals, MomentForm Moments, ZoneClock Clock)
{
    /// <summary>For programs: dot, lower case, ISO 8601.</summary>
    public static Spelling Machine(TimeZoneInfo zone) => new((byte)'.', Capitals: false, MomentForm.Iso, new ZoneClock(zone));
}

/// <summary>Chooses what spells the cells of a column as plain text.</summary>
internal static class CellTexts
{
    public static ICellWriter For(FileColumn column, Spelling spelling, Remarks remarks) => column.Type switch
    {
        CellType.Boolean => new BooleanText(spelling.Capitals),
        CellType.Int16 or CellType.Int32 or CellType.Int64 => new IntegerText(),
        CellType.Float4 or CellType.Float8 => new FloatText(spelling.DecimalSign),
        CellType.Numeric => new NumericText(spelling.DecimalSign),
        CellType.Text or CellType.Json => new PlainText(),
        CellType.Date => new DateText(spelling.Moments),
        CellType.Time => new TimeText(spelling.Moments, remarks.Counter(RemarkKind.WholeSeconds, column)),
        CellType.Timestamp => new TimestampText(spelling.Moments, clock: null, remarks.Counter(RemarkKind.WholeSeconds, column)),
        CellType.TimestampTz =>
            new TimestampText(spelling.Moments, spelling.Clock, remarks.Counter(RemarkKind.WholeSeconds, column)),
        CellType.Uuid => new UuidText(),
        CellType.Bytea => new ByteaText(),
        _ => throw new ArgumentOutOfRangeException(nameof(column), column.Type, "No encoder reads this type."),
    };
}
