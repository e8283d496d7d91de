using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ExportHub.Exports;
using ExportHub.Language;

namespace ExportHub.Notifications.Storage;

/// <summary>
/// How files are called at a target: `{schedule}`, `{dataset}`, `{due:yyyy-MM-dd}`, `{time:HHmm}`, `{export}` and `{ending}` are filled in, a slash makes folders.
/// Whatever is filled in stays within its part of the path.
/// </summary>
internal static partial class NamePattern
{
    public const string Default = "{schedule}/{due:yyyy-MM-dd} {time:HHmm}.{ending}";

    public const string Placeholders = "{schedule}, {dataset}, {due:yyyy-MM-dd}, {time:HHmm}, {export}, {ending}";

    private const int Longest = 300;

    /// <summary>Most file systems and object stores take 255 bytes; ten are for a number in parentheses.</summary>
    private const int LongestPart = 240;

    private const int LongestValue = 120;

    private static readonly string[] Known = ["schedule", "dataset", "due", "time", "export", "ending"];

    /// <summary>What no file of Windows may be called, whatever its ending.</summary>
    private static readonly HashSet<string> Reserved = new(
        ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(1, 9).SelectMany(n => new[] { $"COM{n}", $"LPT{n}" })], StringComparer.OrdinalIgnoreCase);

    /// <summary>Why it cannot be a pattern, as a sentence; null when it can.</summary>
    public static string? Fault(string pattern)
    {
        if (pattern.Length is 0 or > Longest)
        {
            return Text.Of("Give a pattern of 1 to {0} characters.", Longest);
        }

        foreach (Match hole in Hole().Matches(pattern))
        {
            if (!Known.Contains(hole.Groups["name"].Value) || (hole.Groups["form"].Success && (hole.Groups["name"].Value is not ("due" or "time") || !Form().IsMatch(hole.Groups["form"].Value))))
            {
                return Text.Of("“{0}” is not known. There are {1}.", OneLine.Of(hole.Value, 60), Placeholders);
            }
        }

        var rest = Hole().Replace(pattern, "x");
        return rest.Any(letter => letter is '{' or '}' or '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|' || char.IsControl(letter))
            ? Text.Of("The pattern may not contain any of {0} outside of placeholders.", "{ } \\ : * ? \" < > |")
            : rest.Split('/').Any(part => part.Trim().Length == 0 || part.StartsWith('.'))
                ? Text.Of("No part of the pattern between slashes may be empty or begin with a dot.")
                : null;
    }

    /// <summary>The name of a file. Dates and times are in the zone of the schedule.</summary>
    public static string Fill(string pattern, News news, Export export)
    {
        var due = Local(news.DueAt ?? export.RequestedAt, news.TimeZone);
        return string.Join('/', pattern.Split('/').Select(part => Part(Hole().Replace(part, hole => Value(hole, news, export, due)))));
    }

    /// <summary>The same name with a number before its ending: `a (2).csv.gz`.</summary>
    public static string Numbered(string name, int number)
    {
        var start = name.LastIndexOf('/') + 1;
        var dot = name.IndexOf('.', start);
        var at = dot < 0 ? name.Length : dot;
        return string.Create(CultureInfo.InvariantCulture, $"{name[..at]} ({number}){name[at..]}");
    }

    private static string Value(Match hole, News news, Export export, DateTimeOffset due) => hole.Groups["name"].Value switch
    {
        "schedule" => Safe(news.ScheduleName),
        "dataset" => Safe(export.Dataset.Name),
        "due" => due.ToString(Given(hole, "yyyy-MM-dd"), CultureInfo.InvariantCulture),
        "time" => due.ToString(Given(hole, "HHmm"), CultureInfo.InvariantCulture),
        "export" => export.Id.ToString(),
        _ => Safe(EndingOf(export)),
    };

    private static string Given(Match hole, string usual) => hole.Groups["form"] is { Success: true, Value: var form } ? (form.Length == 1 ? "%" + form : form) : usual;

    /// <summary>As the store has it, such as `csv.gz`: what people call the file may have dots of its own.</summary>
    private static string EndingOf(Export export)
    {
        var file = export.FileKey?[(export.FileKey.LastIndexOf('/') + 1)..] ?? "";
        return file.IndexOf('.', StringComparison.Ordinal) is >= 0 and var dot ? file[(dot + 1)..] : export.Format;
    }

    /// <summary>What may stand within one part of a path of any system.</summary>
    private static string Safe(string text)
    {
        var safe = new StringBuilder();
        foreach (var letter in OneLine.Of(text, LongestValue))
        {
            safe.Append(letter is '/' or '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|' or '\uFFFD' or '{' or '}' ? '-' : letter);
        }

        return safe.ToString();
    }

    private static string Part(string text)
    {
        var part = Cut(text.Trim()).TrimEnd('.', ' ').TrimStart('.', ' ');
        return part.Length == 0 ? "_" : Reserved.Contains(part.Split('.')[0]) ? $"_{part}" : part;
    }

    /// <summary>Cut before the ending, so that a program still knows what it is.</summary>
    private static string Cut(string part)
    {
        while (Encoding.UTF8.GetByteCount(part) > LongestPart)
        {
            var dot = part.IndexOf('.', StringComparison.Ordinal);
            part = part.Remove((dot > 1 ? dot : part.Length) - 1, 1);
        }

        return part;
    }

    private static DateTimeOffset Local(DateTimeOffset at, string? zone) =>
        zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) ? TimeZoneInfo.ConvertTime(at, known) : at.ToUniversalTime();

    [GeneratedRegex(@"\{(?<name>[^{}:]*)(:(?<form>[^{}]*))?\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Hole();

    /// <summary>Figures of dates and times, and what may stand between them in a name.</summary>
    [GeneratedRegex(@"\A[yMdHmsf_.\- ]{1,30}\z")]
    private static partial Regex Form();
}
