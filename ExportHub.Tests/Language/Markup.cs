using System.Text;
using System.Text.RegularExpressions;

namespace ExportHub.Tests.Language;

/// <summary>What a page or a component says by itself: the words in its markup that no code puts there.</summary>
internal static partial class Markup
{
    public static IReadOnlyList<string> Words(string source)
    {
        var markup = WithoutCode(source);
        var spoken = Attribute().Matches(markup).Select(match => match.Groups["text"].Value);
        var between = Tag().Replace(markup, "\n").Split('\n').Where(line => !line.TrimEnd().EndsWith(';'));
        return [.. spoken.Concat(between).Select(text => text.Trim()).Where(text => Word().IsMatch(Entity().Replace(text, "")))];
    }

    /// <summary>Code is taken away from the outside in: members, blocks, statements, expressions.</summary>
    private static string WithoutCode(string source)
    {
        var markup = Quoted().Replace(Comment().Replace(source, ""), "").Replace("@@", "", StringComparison.Ordinal);
        markup = markup.IndexOf("@code {", StringComparison.Ordinal) is >= 0 and var members ? markup[..members] : markup;
        markup = Directive().Replace(markup, "");
        markup = WithoutBalanced(markup, Block(), '{', '}');
        markup = WithoutBalanced(markup, Statement(), '(', ')');
        return Keyword().Replace(WithoutExpressions(markup), "");
    }

    private static string WithoutBalanced(string text, Regex start, char open, char close)
    {
        for (var match = start.Match(text); match.Success; match = start.Match(text, match.Index))
        {
            text = text.Remove(match.Index, End(text, match.Index + match.Length - 1, open, close) - match.Index);
        }

        return text;
    }

    /// <summary>`@Model.Title`, `@Text.Of("…", x)`, `@(a ? b : c)`, with all that follows them.</summary>
    private static string WithoutExpressions(string text)
    {
        var kept = new StringBuilder();
        var at = 0;
        for (var match = Expression().Match(text); match.Success; match = Expression().Match(text, at))
        {
            kept.Append(text, at, match.Index - at);
            at = match.Index + match.Length;
            while (at < text.Length && (text[at] is '(' or '[' || Member().Match(text, at) is { Success: true }))
            {
                at = text[at] switch
                {
                    '(' => End(text, at, '(', ')'),
                    '[' => End(text, at, '[', ']'),
                    _ => at + Member().Match(text, at).Length,
                };
            }
        }

        return kept.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>The place after the sign that closes the one at the place given; what is in quotes does not count.</summary>
    private static int End(string text, int at, char open, char close)
    {
        var depth = 0;
        var quoted = false;
        for (; at < text.Length; at++)
        {
            quoted ^= text[at] == '"' && text[at - 1] != '\\';
            depth += quoted ? 0 : text[at] == open ? 1 : text[at] == close ? -1 : 0;
            if (depth == 0 && !quoted)
            {
                return at + 1;
            }
        }

        return at;
    }

    [GeneratedRegex(@"@\*.*?\*@", RegexOptions.Singleline)]
    private static partial Regex Comment();

    /// <summary>What is quoted from elsewhere, such as a setting, is the same in every language.</summary>
    [GeneratedRegex(@"<(?<tag>code|pre|svg)\b.*?</\k<tag>>", RegexOptions.Singleline)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^@(?:page|model|using|inherits|inject|typeparam|addTagHelper|implements|attribute|section)\b.*$", RegexOptions.Multiline)]
    private static partial Regex Directive();

    [GeneratedRegex(@"@\{")]
    private static partial Regex Block();

    [GeneratedRegex(@"(?:^\s*@?(?:else\s+)?|@|\})\s*\b(?:if|foreach|for|while|switch)\s*\(", RegexOptions.Multiline)]
    private static partial Regex Statement();

    [GeneratedRegex(@"^\s*(?:else|case .*:|default:|break;|return;)\s*$", RegexOptions.Multiline)]
    private static partial Regex Keyword();

    [GeneratedRegex(@"@(?=\()|@(?:await )?[A-Za-z_]\w*(?:<\w+>)?")]
    private static partial Regex Expression();

    [GeneratedRegex(@"\G[!?]?\.[A-Za-z_]\w*|\G!")]
    private static partial Regex Member();

    [GeneratedRegex("\\b(?:aria-label|aria-description|title|placeholder|alt|data-label|label)=\"(?<text>[^\"]*)\"", RegexOptions.IgnoreCase)]
    private static partial Regex Attribute();

    [GeneratedRegex("<[/!]?[A-Za-z](?:\"[^\"]*\"|'[^']*'|[^>\"'])*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"&\w+;|\b(?:ExportHub|SHA-256|UTC)\b")]
    private static partial Regex Entity();

    [GeneratedRegex(@"\p{L}{2}")]
    private static partial Regex Word();
}
