namespace ExportHub.Formats.Csv;

/// <summary>Why a text may need a second look.</summary>
[Flags]
internal enum CellLooks : byte
{
    None = 0,

    /// <summary>It may begin like a formula: with a formula character, or with what hides one.</summary>
    Formula = 1,

    /// <summary>It may be a number, a date or a time to a spreadsheet.</summary>
    Number = 2,

    /// <summary>It may be a date to a spreadsheet that begins with the name of a month.</summary>
    Month = 4,
}

/// <summary>The first and the last byte of a text tell that most need no second look; without a branch, as texts come in any order.</summary>
internal static class CellEnds
{
    private static readonly CellLooks[] First = [.. Enumerable.Range(0, 256).Select(first => Begins((byte)first))];
    private static readonly CellLooks[] Last = [.. Enumerable.Range(0, 256).Select(last => Ends((byte)last))];

    public static CellLooks Of(byte first, byte last) => First[first] & Last[last];

    public static bool MayHide(byte first) => First[first] == CellLooks.Formula;

    private static CellLooks Begins(byte first) => first switch
    {
        <= (byte)' ' or 0x7F or (byte)'"' or (byte)'=' or (byte)'+' or (byte)'-' or (byte)'@' => CellLooks.Formula,

        // No-break space and soft hyphen; Ogham and Mongolian space; U+2000 to U+206F; ideographic space; full-width forms and U+FEFF.
        0xC2 or 0xE1 or 0xE2 or 0xE3 or 0xEF => CellLooks.Formula,
        >= (byte)'0' and <= (byte)'9' => CellLooks.Number,
        _ when MonthNames.Begin(first) => CellLooks.Month,
        _ => CellLooks.None,
    };

    /// <summary>What looks like a number or a date ends with a digit, or with a month as 2-Sep does.</summary>
    private static CellLooks Ends(byte last) =>
        CellLooks.Formula
        | (last is >= (byte)'0' and <= (byte)'9' ? CellLooks.Number | CellLooks.Month
            : MonthNames.End(last) || last == '.' ? CellLooks.Number
            : CellLooks.None);
}
