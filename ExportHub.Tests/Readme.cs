using System.Text.RegularExpressions;

namespace ExportHub.Tests;

/// <summary>README.md, taken apart.</summary>
internal static partial class Readme
{
    public static string Text { get; } = File.ReadAllText(Path.Combine(Repository.Root, "README.md")).ReplaceLineEndings("\n");

    /// <summary>The fenced blocks under a heading, in their order.</summary>
    public static IReadOnlyList<(string Language, string Text)> Blocks(string heading) =>
        [.. Fence().Matches(Section(heading)).Select(block => (block.Groups["language"].Value, block.Groups["text"].Value))];

    /// <summary>The cells of all tables under a heading, without the lines of column titles and dashes.</summary>
    public static IReadOnlyList<string[]> Rows(string heading)
    {
        var lines = Section(heading).Split('\n');
        return
        [
            .. from i in Enumerable.Range(0, lines.Length)
               where lines[i].StartsWith('|') && !IsRule(lines[i]) && !(i + 1 < lines.Length && IsRule(lines[i + 1]))
               select lines[i].Trim('|').Split(" | ").Select(cell => cell.Trim()).ToArray(),
        ];
    }

    /// <summary>What stands between backticks in a cell; null where nothing does.</summary>
    public static string? Code(string cell) => Backticks().Match(cell) is { Success: true } code ? code.Groups["code"].Value : null;

    private static string Section(string heading)
    {
        var parts = Heading().Split(Text);
        var at = Array.IndexOf(parts, heading);
        return at < 0 ? throw new InvalidOperationException($"README.md has no heading {heading}.") : parts[at + 1];
    }

    private static bool IsRule(string line) => line.StartsWith("|---", StringComparison.Ordinal);

    [GeneratedRegex("^##+ (?<title>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Heading();

    [GeneratedRegex("^```(?<language>[a-z]*)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Fence();

    [GeneratedRegex("`(?<code>[^`]+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex Backticks();
}
