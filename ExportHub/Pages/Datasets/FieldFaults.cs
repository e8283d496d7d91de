using System.Text.RegularExpressions;
using ExportHub.Language;
using ExportHub.Pages.Request;
using ExportHub.Pages.Words;

namespace ExportHub.Pages.Datasets;

/// <summary>What is wrong with a definition, each at its field.</summary>
internal sealed partial class FieldFaults(DatasetForm form)
{
    private readonly List<FormError> all = [];

    public IReadOnlyList<FormError> All => all;

    /// <summary>Whether something could not be read, or cannot be kept: that cannot be saved whatever the wish.</summary>
    public bool Prevent { get; private set; }

    public string? For(string field)
    {
        var sentences = all.Where(fault => fault.Field == field).Select(fault => fault.Message).ToList();
        return sentences.Count == 0 ? null : string.Join(' ', sentences);
    }

    /// <summary>It prevents saving.</summary>
    public void Add(string? field, string sentence)
    {
        Prevent = true;
        Note(new(field, sentence));
    }

    /// <summary>Adds what the check of a definition says, such as "`rowFilter`: it must not be blank."</summary>
    public void AddOfDefinition(string fault)
    {
        var told = Told().Match(fault);
        var member = told.Groups["member"].Value;
        var rest = told.Groups["rest"].Value.Trim();
        var sentence = !told.Success ? fault : told.Groups["colon"].Success ? char.ToUpperInvariant(rest[0]) + rest[1..] : $"{LabelOf(member)} {rest}";
        Prevent |= member == "name";
        Note(new(FieldOf(member, fault), PlainText.Of(sentence.Replace("`", "", StringComparison.Ordinal))));
    }

    private void Note(FormError fault)
    {
        if (!all.Contains(fault))
        {
            all.Add(fault);
        }
    }

    private static string LabelOf(string member) => member switch
    {
        "rights.see" => Text.Of("“{0}”", Text.Of("See")),
        "rights.export" => Text.Of("“{0}”", Text.Of("Export")),
        "rights.raw" => Text.Of("“{0}”", Text.Of("Without formula guard")),
        "rights.allRows" => Text.Of("“{0}”", Text.Of("All rows")),
        "rights.rowLimits" => Text.Of("“{0}”", Text.Of("Row limits")),
        _ => "It",
    };

    private string? FieldOf(string member, string fault) => member switch
    {
        "name" or "title" or "from" or "query" or "source" or "key" or "dateColumn" or "rowLimit" or "retention" or "rowFilter" => member,
        "rights.see" or "rights.export" or "rights.raw" or "rights.allRows" or "rights.rowLimits" => member["rights.".Length..],
        _ when member.StartsWith("columns", StringComparison.Ordinal) =>
            form.Columns.FindIndex(column => member == $"columns.{column.Name}.roles") is >= 0 and var row ? $"column-{row}-roles" : "columns",
        _ when fault.StartsWith("Exactly one", StringComparison.Ordinal) => form.Query is null ? "from" : "query",
        _ => null,
    };

    [GeneratedRegex(@"\A`(?<member>[^`]+)`(?<colon>:)?(?<rest>.+)\z", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Told();
}
