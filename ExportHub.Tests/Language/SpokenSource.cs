using System.Text;
using System.Text.RegularExpressions;

namespace ExportHub.Tests.Language;

/// <summary>What the source says to people: the first arguments of `Text.Of` and its like.</summary>
internal static partial class SpokenSource
{
    /// <summary>Paths from the root of the repository, with `/`.</summary>
    public static IEnumerable<string> Files(string folder, params string[] endings) =>
        from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.*", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')
        where endings.Contains(Path.GetExtension(file)) && !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal)
        orderby path
        select path;

    public static string Read(string path) => File.ReadAllText(Path.Combine(Repository.Root, path));

    /// <summary>Where something is said and by which keys; several where a condition chooses, none where the key is not in the source.</summary>
    public static IEnumerable<(string Path, IReadOnlyList<string> Keys)> OfServer() =>
        from path in Files("ExportHub", ".cs", ".cshtml", ".razor")
        from keys in Keys(Read(path), Said()).Concat(Components(Read(path)))
        select (path, keys);

    public static IEnumerable<(string Path, IReadOnlyList<string> Keys)> OfScripts() =>
        from path in Files("wwwroot", ".js") from keys in Keys(Read(path), SaidInScript()) select (path, keys);

    private static IEnumerable<IReadOnlyList<string>> Keys(string source, Regex call) => call.Matches(source).Select(match => FirstArgument(source, match.Index + match.Length));

    private static IEnumerable<IReadOnlyList<string>> Components(string source) =>
        Component().Matches(source).Select(IReadOnlyList<string> (match) => [match.Groups["key"].Value]);

    /// <summary>The constant texts among which the first argument chooses; what a pattern or a comparison holds is none.</summary>
    internal static IReadOnlyList<string> FirstArgument(string source, int start)
    {
        var texts = new List<string>();
        var depth = 0;
        for (var at = start; at < source.Length; at++)
        {
            switch (source[at])
            {
                case '"' or '\'':
                    var end = EndOfText(source, at);
                    Add(texts, source, at, end);
                    at = end;
                    break;
                case '(' or '[' or '{':
                    depth++;
                    break;
                case ',' when depth == 0:
                case ')' or ']' or '}' when depth-- == 0:
                    return texts;
            }
        }

        return texts;
    }

    private static int EndOfText(string source, int start)
    {
        var end = start + 1;
        while (source[end] != source[start])
        {
            end += source[end] == '\\' ? 2 : 1;
        }

        return end;
    }

    private static void Add(List<string> texts, string source, int start, int end)
    {
        var before = source[..start].TrimEnd();
        if (source.AsSpan(end + 1).TrimStart().StartsWith("=>") || before.EndsWith("==", StringComparison.Ordinal) || before.EndsWith(" is", StringComparison.Ordinal))
        {
            return;
        }

        var text = Unescaped(source[(start + 1)..end]);
        if (before.EndsWith('+') && texts.Count > 0)
        {
            texts[^1] += text;
            return;
        }

        // An interpolated text is no key: it shows as one that nobody translates.
        texts.Add(before.EndsWith('$') ? "$" + text : text);
    }

    private static string Unescaped(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            plain.Append(text[at] == '\\' ? text[++at] : text[at]);
        }

        return plain.ToString();
    }

    [GeneratedRegex(@"\b(?:Text|Marked)\.Of\(")]
    private static partial Regex Said();

    [GeneratedRegex(@"\btext\(")]
    private static partial Regex SaidInScript();

    [GeneratedRegex("<Sentence Of=\"(?<key>[^\"]*)\"")]
    private static partial Regex Component();
}
