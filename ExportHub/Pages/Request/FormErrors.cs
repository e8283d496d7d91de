using System.Globalization;
using System.Text.RegularExpressions;

namespace ExportHub.Pages.Request;

/// <summary>What is wrong with a form: each sentence once, with the field it belongs to where there is one.</summary>
internal sealed partial class FormErrors
{
    /// <summary>How the ids of the fields begin, from the top of the page to its bottom; the options of a format come after these.</summary>
    private static readonly string[] Down =
        ["columns", "filter-", "add-filter", "dates", "date-column", "relative", "from", "until", "sort-", "limit", "time-zone", "format", "template-"];

    private readonly List<FormError> all = [];

    /// <summary>See <see cref="FormGroups.Places"/>; null where no filter is in a group.</summary>
    public IReadOnlyList<string>? Places { get; set; }

    /// <summary>In the order of the page; what belongs to no field comes first.</summary>
    public IReadOnlyList<FormError> All => [.. all.OrderBy(Place)];

    /// <summary>The sentences for one field in one text; null when it has none.</summary>
    public string? For(string field)
    {
        var sentences = all.Where(error => error.Field == field).Select(error => error.Message).ToList();
        return sentences.Count == 0 ? null : string.Join(' ', sentences);
    }

    /// <summary>Adds an error under a key of the API, such as `filters[0].value`; a key without a field stands in the summary alone.</summary>
    public void Add(string key, string message)
    {
        var error = new FormError(FieldOf(key, Places), message);
        if (!all.Contains(error))
        {
            all.Add(error);
        }
    }

    /// <summary>Adds it unless its field has an error already, or another field of the date range does.</summary>
    public void AddWhereNone(string key, string message)
    {
        var field = FieldOf(key, Places);
        var isDates = key.StartsWith("dateRange", StringComparison.Ordinal);
        if (!all.Any(error => error.Field is not null && (error.Field == field || (isDates && error.Field is ("from" or "until")))))
        {
            Add(key, message);
        }
    }

    public void Add(IReadOnlyDictionary<string, string[]> errors)
    {
        foreach (var (key, messages) in errors)
        {
            foreach (var message in messages)
            {
                Add(key, message);
            }
        }
    }

    /// <summary>The id of the field that an error key of the API means; null when the page has no such field.</summary>
    public static string? FieldOf(string key, IReadOnlyList<string>? places = null)
    {
        if (RowKey().Match(key) is { Success: true } row)
        {
            var index = IndexOf(row.Groups["filter"].Value, places) ?? row.Groups["index"].Value;
            var part = row.Groups["part"].Value;
            return row.Groups["list"].Value switch
            {
                "filters" => $"filter-{index}-{(part == "value" ? "value" : "op")}",
                "sort" => $"sort-{index}",
                _ => "columns",
            };
        }

        return key switch
        {
            "columns" or "limit" or "format" => key,
            "filters" => "add-filter",
            "sort" => "sort-0",
            "timeZone" => "time-zone",
            "dateRange" => "dates",
            "dateRange.column" => "date-column",
            "dateRange.from" => "from",
            "dateRange.to" => "until",
            "dateRange.relative" => "relative",
            "template.name" => "template-name",
            "template.description" => "template-description",
            "template.sharedWith" => "template-shared",
            "options.nullText" => "null-text",
            "options.formulaGuard" => "formula-guard",
            "options.lineEnd" => "line-end",
            "options.rowsPerFile" => "rows-per-file",
            "options.dateFormat" => "date-format",
            "options.quote" or "options.bom" or "options.decimal" => key["options.".Length..],
            "options.profile" or "options.delimiter" or "options.culture" or "options.header" or "options.compression" => key["options.".Length..],
            _ => null,
        };
    }

    private static string? IndexOf(string filter, IReadOnlyList<string>? places) =>
        places?.Index().Where(place => place.Item == filter || place.Item.StartsWith($"{filter}.", StringComparison.Ordinal))
            .Select(place => place.Index.ToString(CultureInfo.InvariantCulture)).FirstOrDefault();

    private static int Place(FormError error) =>
        error.Field is not { } field ? -1
        : Array.FindIndex(Down, start => field.StartsWith(start, StringComparison.Ordinal)) is >= 0 and var place ? place
        : Down.Length;

    [GeneratedRegex(@"^(?<filter>(?<list>filters|sort|columns)\[(?<index>[0-9]+)\](\.any\[[0-9]+\])?)(\.(?<part>[a-z]+))?", RegexOptions.ExplicitCapture)]
    private static partial Regex RowKey();
}

/// <param name="Field">Id of the field on the page; null when there is none.</param>
public sealed record FormError(string? Field, string Message);
