using System.Globalization;

namespace ExportHub.Notifications;

/// <summary>What somebody typed, where only one line of plain text may stand: a subject, a header, a name of a file.</summary>
internal static class OneLine
{
    private const char Instead = '\uFFFD';

    /// <summary>Whatever would break the line, or hide or turn around what stands beside it, is one replacement character each; what is longer is cut.</summary>
    public static string Of(string? text, int longest = 500)
    {
        var plain = string.Concat((text ?? "").Select(letter => IsHarmful(letter) ? Instead : letter));
        return plain.Length <= longest ? plain : $"{plain[..(longest - 1)]}…";
    }

    private static bool IsHarmful(char letter) => char.GetUnicodeCategory(letter)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate;
}
