using System.Text.RegularExpressions;

namespace ExportHub.Datasets;

/// <summary>
/// The row filter of a dataset: a condition in SQL over the columns of the relation, in which `@user.name`, `@user.roles` and `@user.{attribute}` stand for what is
/// known of the person. These become parameters. Nothing in the text can end the parentheses that the condition is put into: strings, names and parentheses
/// are closed, and there are no comments, semicolons, backslashes and dollar signs.
/// </summary>
internal sealed partial record RowFilter
{
    public const string NameClaim = "name";
    public const string RolesClaim = "roles";

    /// <summary>The text around the claims: one piece more than there are claims.</summary>
    private readonly IReadOnlyList<string> pieces;

    private readonly IReadOnlyList<string> claims;

    private RowFilter(IReadOnlyList<string> pieces, IReadOnlyList<string> claims) => (this.pieces, this.claims) = (pieces, claims);

    /// <summary>What it asks of a person, each once.</summary>
    public IEnumerable<string> Claims => claims.Distinct();

    /// <summary>The claims that it takes as lists; the others as one text each. Null until the database has read it.</summary>
    public IReadOnlySet<string>? Lists { get; init; }

    /// <summary>Null with a sentence when it is not such a condition.</summary>
    public static (RowFilter? Filter, string? Fault) Parse(string text)
    {
        var (pieces, claims, piece, depth) = (new List<string>(), new List<string>(), "", 0);
        var at = 0;
        while (at < text.Length && Token().Match(text, at) is { Success: true } token)
        {
            at += token.Length;
            depth += token.ValueSpan switch { "(" => 1, ")" => -1, _ => 0 };
            if (depth < 0)
            {
                return (null, "it closes a parenthesis that it has not opened.");
            }

            if (token.Groups["claim"] is { Success: true, Value: var claim })
            {
                (pieces, claims, piece) = ([.. pieces, piece], [.. claims, claim], "");
            }
            else
            {
                piece += token.Value;
            }
        }

        return at < text.Length ? (null, FaultAt(text, at))
            : depth > 0 ? (null, "it leaves a parenthesis open.")
            : string.IsNullOrWhiteSpace(text) ? (null, "it must not be blank.")
            : (new([.. pieces, piece], claims), null);
    }

    public bool IsList(string claim) => Lists!.Contains(claim);

    /// <summary>The condition in parentheses of its own.</summary>
    /// <param name="parameter">What stands for a claim, such as `$1`.</param>
    public string Sql(Func<string, string> parameter) =>
        "(\n" + pieces[0] + string.Concat(claims.Select((claim, i) => $"CAST({parameter(claim)} AS text{(IsList(claim) ? "[]" : "")}){pieces[i + 1]}")) + "\n)";

    /// <summary>The same with untyped parameters, one for each claim in the order of <see cref="Claims"/>, so that the server says what it takes them for.</summary>
    public string UntypedSql()
    {
        var order = Claims.ToList();
        return "(\n" + pieces[0] + string.Concat(claims.Select((claim, i) => $"{Untyped(claim, order.IndexOf(claim) + 1)}{pieces[i + 1]}")) + "\n)";
    }

    private static string Untyped(string claim, int number) => claim switch
    {
        NameClaim => $"CAST(${number} AS text)",
        RolesClaim => $"CAST(${number} AS text[])",
        _ => $"${number}",
    };

    private static string FaultAt(string text, int at) => text[at] switch
    {
        '@' => "a claim is written @user.name, @user.roles or @user. and the name of an attribute in lower-case letters, with a blank, a comma, an equals sign or a parenthesis before it.",
        '\'' or '"' => "a quote is left open.",
        '-' or '/' => "it must not hold comments.",
        _ => $"it must not hold the character {(char.IsControl(text[at]) ? $"U+{(int)text[at]:X4}" : text[at])}.",
    };

    // A backslash would be a way to hide a quote, a dollar sign one to begin a string, and @ before a letter is a misspelled claim rather than an operator.
    [GeneratedRegex(
        """
        \G(?:
            '(?:[^'\\\0]|'')*' | "(?:[^"\\\0]|"")+"
            | [()] | -(?!-) | /(?!\*) | @(?![A-Za-z_])
            | (?<=^|[\s(,=\[])@user\.(?<claim>[a-z][a-z0-9_]{0,49})(?![\w.$])
            | [^'"\\$;()@/\-\0]+
        )
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Token();
}
