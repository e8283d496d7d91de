using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ExportHub.Formats.Xlsx;

/// <summary>
/// Names of sheets after a title, such as `Orders`, `Orders 2`, `Orders 3`. By the rules of Excel ("Rename a worksheet", support.microsoft.com)
/// a name has 1 to 31 characters, none of \ / ? * : [ ], no apostrophe at either end, is not "History", and no two differ in case alone.
/// </summary>
internal sealed partial class SheetNames(string title)
{
    public const string About = "About";

    // Of 31 characters, five are kept for a blank and a number: a name that is cut never meets one that is numbered.
    private const int LongestTitle = 26;

    private readonly string name = Clean(title);

    public string Of(int sheet) => sheet == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name} {sheet}");

    private static string Clean(string title)
    {
        var cleaned = new StringBuilder();
        foreach (var rune in title.EnumerateRunes())
        {
            cleaned.Append(Allowed(rune));
        }

        var cut = Cut(LooksLikeEscape().Replace(cleaned.ToString(), "-x"));
        return cut.Length == 0 ? "Data"
            : cut.Equals(About, StringComparison.OrdinalIgnoreCase) || cut.Equals("History", StringComparison.OrdinalIgnoreCase) ? $"{cut} data"
            : cut;
    }

    private static string Allowed(Rune rune) => rune.Value switch
    {
        '/' or '\\' or ':' => "-",
        '[' => "(",
        ']' => ")",
        '?' or '*' or 0xFFFE or 0xFFFF => " ",
        _ => Rune.IsControl(rune) ? " " : rune.ToString(),
    };

    private static string Cut(string text)
    {
        var trimmed = Trim(text);
        var length = Math.Min(trimmed.Length, LongestTitle);
        return Trim(trimmed[..(length > 0 && char.IsHighSurrogate(trimmed[length - 1]) ? length - 1 : length)]);
    }

    private static string Trim(string text) => text.Trim([' ', '\'', '\u00A0', '\u2028', '\u2029']);

    // In a workbook's XML a name is an ST_Xstring: `_x0041_` would be read as A.
    [GeneratedRegex("_x(?=[0-9A-Fa-f]{4}_)")]
    private static partial Regex LooksLikeEscape();
}
