using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ExportHub.Tests.Language;

/// <summary>The texts in a C# file. What is filled in is written `{0}`, `{1}` and so on, so that a sentence reads as its key does.</summary>
internal sealed partial class Literals
{
    private readonly string code;
    private readonly List<string> found = [];

    private Literals(string code) => this.code = code;

    public static IReadOnlyList<string> Of(string code)
    {
        var literals = new Literals(Aside().Replace(code, ""));
        literals.Read(0, literals.code.Length);
        return literals.found;
    }

    /// <summary>Starts like a sentence and ends like one.</summary>
    public static bool IsSentence(string text) => Sentence().IsMatch(text);

    private void Read(int at, int end)
    {
        while (at < end)
        {
            at = code[at] switch
            {
                '"' when Is("\"\"\"", at) => Math.Max(at, code.IndexOf("\"\"\"", at + 3, StringComparison.Ordinal)) + 3,
                '"' when Verbatim().Match(code, at) is { Success: true } verbatim && code[Math.Max(0, at - 2)..at].Contains('@', StringComparison.Ordinal) => at + verbatim.Length,
                '"' => Text(at + 1, interpolated: at > 0 && code[at - 1] == '$'),
                '\'' when Character().Match(code, at) is { Success: true } letter => at + letter.Length,
                _ => at + 1,
            };
        }
    }

    /// <summary>Reads to the end of a text; the answer is the place after it.</summary>
    private int Text(int at, bool interpolated)
    {
        var text = new StringBuilder();
        var holes = 0;
        while (code[at] != '"')
        {
            if (interpolated && code[at] == '{' && code[at + 1] != '{')
            {
                at = Hole(at + 1);
                text.Append(CultureInfo.InvariantCulture, $"{{{holes++}}}");
            }
            else
            {
                at += code[at] == '\\' ? 1 : 0;
                text.Append(code[at++]);
            }
        }

        found.Add(text.ToString());
        return at + 1;
    }

    /// <summary>The place after the brace that ends what is filled in. Texts in it are texts too.</summary>
    private int Hole(int start)
    {
        var at = start;
        for (var depth = 0; depth > 0 || code[at] != '}'; at++)
        {
            depth += code[at] switch { '{' or '(' => 1, '}' or ')' => -1, _ => 0 };
            if (code[at] == '"')
            {
                at = Text(at + 1, code[at - 1] == '$') - 1;
            }
        }

        return at + 1;
    }

    private bool Is(string sign, int at) => string.CompareOrdinal(code, at, sign, 0, sign.Length) == 0;

    /// <summary>Comments, and what only a programmer will read.</summary>
    [GeneratedRegex(@"^\s*//.*$|(?<=[;{},\s])// .*$|throw new (?:Argument|InvalidOperation)\w*\(.*$", RegexOptions.Multiline)]
    private static partial Regex Aside();

    [GeneratedRegex("\\G\"(?:[^\"]|\"\")*\"")]
    private static partial Regex Verbatim();

    [GeneratedRegex(@"\G'(?:\\.[^']*|[^'\\])'")]
    private static partial Regex Character();

    [GeneratedRegex(@"\A[A-Z“{1][^\n]* [^\n]*[.?]\z")]
    private static partial Regex Sentence();
}
