using System.Text.RegularExpressions;
using ExportHub.Datasets;
using ExportHub.Language;

namespace ExportHub.Pages.Request;

/// <summary>Reads what <see cref="FormAddress"/> writes, and what people change in it.</summary>
internal sealed partial class AddressReader(RequestForm form, Dataset dataset)
{
    /// <summary>What the page reads by itself.</summary>
    private static readonly string[] Others = ["from", "send"];

    private readonly List<string> unused = [];

    /// <summary>What could not be used, each in a few words.</summary>
    public IReadOnlyList<string> Read(IQueryCollection query)
    {
        foreach (var (name, values) in query)
        {
            foreach (var value in values.OfType<string>())
            {
                Take(name, value);
            }
        }

        if (query.TryGetValue("columns", out var columns))
        {
            TakeColumns([.. columns.OfType<string>()]);
        }

        form.Tidy(dataset);
        return [.. unused.Distinct()];
    }

    private void Take(string name, string value)
    {
        switch (name)
        {
            case "columns": break;
            case "filter": TakeFilter(value, group: null); break;
            case "sort": TakeSort(value); break;
            case "dateColumn": TakeDateColumn(value); break;
            case "period": (form.Dates, form.Relative) = ("relative", value); break;
            case "firstDay": (form.Dates, form.From) = ("range", value); break;
            case "lastDay": (form.Dates, form.Until) = ("range", value); break;
            case ['a', 'n', 'y', .. var group] when FormGroups.Names.Contains(group): TakeFilter(value, group); break;
            default: TakePlain(name, value); break;
        }
    }

    private void TakePlain(string name, string value)
    {
        if (FormAddress.Plain.TryGetValue(name, out var field))
        {
            field.Write(form, value.Length == 0 ? null : value);
        }
        else if (!Others.Contains(name))
        {
            // Only a plain word is repeated on the page: anybody can write an address.
            unused.Add(Word().IsMatch(name) ? $"“{name}”" : Text.Of("a part without a name that is known"));
        }
    }

    private void TakeColumns(IReadOnlyList<string> given)
    {
        string[] names = [.. given.SelectMany(part => dataset.Find(part) is null ? part.Split(',') : [part]).Where(name => name.Length > 0)];
        form.Columns = [.. names.Where(name => dataset.Find(name) is not null).Distinct()];
        form.Order = [.. form.Columns, .. form.Order];
        var unknown = names.Count(name => dataset.Find(name) is null);
        if (unknown > 0)
        {
            unused.Add(unknown == 1 ? Text.Of("1 column that this dataset does not have") : Text.Of("{0:N0} columns that this dataset does not have", unknown));
        }
    }

    private void TakeFilter(string text, string? group)
    {
        var column = dataset.Columns.Where(column => text.StartsWith($"{column.Name} ", StringComparison.Ordinal)).MaxBy(column => column.Name.Length);
        var rest = column is null ? "" : text[(column.Name.Length + 1)..];
        var (op, values) = rest.IndexOf(' ', StringComparison.Ordinal) is >= 0 and var end ? (rest[..end], Split(rest[(end + 1)..])) : (rest, []);
        if (column is null || !column.Operators.Contains(op) || form.Filters.Count >= FilterGroups.MostFilters)
        {
            unused.Add(column is null ? Text.Of("a filter on a column that this dataset does not have") : Text.Of("a filter on {0}", column.Title));
            return;
        }

        form.Filters.Add(Row(column, op, values, group));
    }

    private static FilterRow Row(DatasetColumn column, string op, List<string> values, string? group)
    {
        var row = new FilterRow { Column = column.Name, Op = op, Group = group };
        if (op is "in" or "notIn")
        {
            row.Chosen = [.. values.Where(column.Choices.Contains)];
            row.Lines = string.Join('\n', values.Except(row.Chosen));
            return row;
        }

        (row.Value, row.Time) = Moment(column, values.ElementAtOrDefault(0));
        (row.Upper, row.UpperTime) = Moment(column, values.ElementAtOrDefault(1));
        return row;
    }

    private static (string? Value, string? Time) Moment(DatasetColumn column, string? value) =>
        column.Kind is ValueKind.Timestamp or ValueKind.TimestampTz && value?.Split('T', 2) is [var day, var time] ? (day, time)
        : (string.IsNullOrEmpty(value) ? null : value, null);

    private void TakeSort(string text)
    {
        var descending = text.EndsWith(" desc", StringComparison.Ordinal) && dataset.Find(text) is null;
        var name = descending ? text[..^" desc".Length] : text;
        if (dataset.Find(name) is { Sortable: true })
        {
            form.Sort.Add(new SortRow { Column = name, Descending = descending });
        }
        else
        {
            unused.Add(Text.Of("a sort by what cannot be sorted by"));
        }
    }

    private void TakeDateColumn(string name)
    {
        if (dataset.Find(name) is { Kind: ValueKind.Date or ValueKind.Timestamp or ValueKind.TimestampTz })
        {
            form.DateColumn = name;
        }
        else
        {
            unused.Add(Text.Of("a date that this dataset does not have"));
        }
    }

    /// <summary>At each `|` that no `\` stands before.</summary>
    private static List<string> Split(string text) =>
        [.. Part().Matches(text).Select(part => Escaped().Replace(part.Groups["value"].Value, "$1"))];

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9]{0,29}\z")]
    private static partial Regex Word();

    [GeneratedRegex(@"(?:^|\|)(?<value>(?:[^\\|]|\\[\s\S])*)", RegexOptions.ExplicitCapture)]
    private static partial Regex Part();

    [GeneratedRegex(@"\\([\s\S])")]
    private static partial Regex Escaped();
}
