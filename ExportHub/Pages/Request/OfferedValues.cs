using ExportHub.Datasets;

namespace ExportHub.Pages.Request;

/// <summary>The values that the form offers to pick from, by column.</summary>
internal static class OfferedValues
{
    /// <summary>More lists than that are not looked up for one page.</summary>
    private const int MostColumns = 5;

    /// <summary>A longer list is no choice among a few, and stays text.</summary>
    private const int FewLines = 1_000;

    /// <summary>Looks them up for the filters that pick a value, all at a time; typed values that are offered become ticked ones.</summary>
    public static async Task<IReadOnlyDictionary<string, ColumnValues>> FindAsync(
        RequestForm form, Dataset dataset, DistinctValues values, CancellationToken cancel)
    {
        var columns = form.Filters.Where(row => row.Op is "eq" or "ne" or "in" or "notIn")
            .Select(row => dataset.Find(row.Column!)).OfType<DatasetColumn>().Where(DistinctValues.Suits).Distinct().Take(MostColumns);
        var found = await Task.WhenAll(columns.Select(async column => (column.Name, Values: await values.FindAsync(dataset, column, cancel))));
        var offered = found.ToDictionary(one => one.Name, one => one.Values with { Items = [.. one.Values.Items.Where(item => IsForForms(item.Value))] });
        foreach (var row in form.Filters.Where(row => row.Op is "in" or "notIn"))
        {
            Tick(row, offered.GetValueOrDefault(row.Column!));
        }

        return offered;
    }

    /// <summary>A form sends an empty value as none, and changes line breaks.</summary>
    private static bool IsForForms(string value) => value.Length > 0 && value.AsSpan().IndexOfAny('\r', '\n') < 0;

    private static void Tick(FilterRow row, ColumnValues? offered)
    {
        var lines = FormToRequest.Lines(row);
        if (offered is not { IsShort: true } || lines.Length is 0 or > FewLines)
        {
            return;
        }

        var known = offered.Items.Select(item => item.Value).ToHashSet();
        row.Chosen = [.. row.Chosen.Union(lines.Where(known.Contains))];
        row.Lines = string.Join('\n', lines.Where(line => !known.Contains(line)));
    }
}
