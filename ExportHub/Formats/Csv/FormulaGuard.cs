namespace ExportHub.Formats.Csv;

/// <summary>
/// Spreadsheets run a cell of a CSV file as a formula when it begins like one, and a formula can send data away. Source of the
/// characters: OWASP, CSV Injection; the full-width forms are those that Excel of East Asia takes for the ASCII ones.
/// </summary>
internal static class FormulaGuard
{
    public static bool Threatens(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && text[0] switch
        {
            (byte)'=' or (byte)'+' or (byte)'-' or (byte)'@' or (byte)'\t' or (byte)'\r' or (byte)'\n' => true,
            0xEF => text.StartsWith("＝"u8) || text.StartsWith("＋"u8) || text.StartsWith("－"u8) || text.StartsWith("＠"u8),
            _ => false,
        };
}
