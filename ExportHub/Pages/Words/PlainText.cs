using System.Globalization;

namespace ExportHub.Pages.Words;

/// <summary>What somebody typed, shown among our own words.</summary>
internal static class PlainText
{
    private const char Instead = '\uFFFD';

    /// <summary>Whatever would break the line, or hide or turn around what stands beside it, is shown as one replacement character each.</summary>
    public static string Of(string? text) => text is null || !text.Any(IsHarmful) ? text ?? "" : string.Concat(text.Select(letter => IsHarmful(letter) ? Instead : letter));

    private static bool IsHarmful(char letter) => char.GetUnicodeCategory(letter)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
