using System.Globalization;
using System.Text.RegularExpressions;

namespace ExportHub.Language;

/// <summary>Knows a sentence again whose placeholders were filled in, and says it in another language.</summary>
internal sealed partial class Recollection
{
    /// <summary>Fewer letters of its own say too little of what a sentence is.</summary>
    private const int FewestLetters = 12;

    private readonly IReadOnlyList<(Regex Pattern, string Translation)> sentences;

    /// <param name="translations">English key and translation.</param>
    public Recollection(IEnumerable<KeyValuePair<string, string>> translations) => sentences =
    [
        .. from pair in translations
           let own = Placeholder().Replace(pair.Key, "")
           where own.Length < pair.Key.Length && own.Count(char.IsLetter) >= FewestLetters
           orderby own.Length descending
           select (PatternOf(pair.Key), pair.Value),
    ];

    /// <summary>Null when no key fits. What is filled in may be a sentence of its own.</summary>
    public string? Of(string english)
    {
        foreach (var (pattern, translation) in sentences)
        {
            if (pattern.Match(english) is { Success: true } found)
            {
                return Placeholder().Replace(translation, hole => Again(found.Groups["p" + hole.Groups["number"].Value].Value));
            }
        }

        return null;
    }

    private static string Again(string filled) => Grouped().IsMatch(filled)
        ? long.Parse(filled, NumberStyles.AllowThousands, CultureInfo.InvariantCulture).ToString("N0", Text.Culture)
        : Quoted().IsMatch(filled) ? Name().Replace(filled, name => Text.Of("“{0}”", name.Groups["name"].Value))
        : Text.Recall(filled);

    /// <summary>Without backtracking: what is filled in is anybody's.</summary>
    private static Regex PatternOf(string key)
    {
        var pattern = Placeholder().Replace(Regex.Escape(key).Replace(@"\{", "{", StringComparison.Ordinal), "(?<p${number}>.+?)");
        return new Regex($@"\A{pattern}\z", RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.CultureInvariant);
    }

    /// <summary>A large number as English writes it; in German it would be a small one.</summary>
    [GeneratedRegex(@"\A\d{1,3}(,\d{3}){1,5}\z")]
    private static partial Regex Grouped();

    /// <summary>Names in quotation marks, which every language has its own of.</summary>
    [GeneratedRegex(@"\A“[^“”]*”(, “[^“”]*”){0,99}\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Quoted();

    [GeneratedRegex("“(?<name>[^“”]*)”")]
    private static partial Regex Name();

    [GeneratedRegex(@"\{(?<number>\d)[^}]*\}")]
    private static partial Regex Placeholder();
}
