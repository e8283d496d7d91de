using System.Globalization;
using ExportHub.Datasets;
using ExportHub.Language;

namespace ExportHub.Pages.Request;

/// <summary>
/// What is wrong with the form as a form: parts left empty, and what no request could carry. The sentences speak of fields and days;
/// those of the checks behind, which clients read too, speak of JSON. Keys are those of the API.
/// </summary>
internal static class FormCheck
{
    public static void Find(RequestForm form, Dataset dataset, Action<string, string> fault)
    {
        if (form.Columns.Count == 0)
        {
            fault("columns", Text.Of("Choose at least one column."));
        }

        foreach (var (row, place) in form.Filters.Zip(FormGroups.Places(form.Filters)))
        {
            if (Missing(row, dataset) is { } missing)
            {
                fault($"{place}.value", missing);
            }
        }

        if (form.Dates == "range")
        {
            FindInRange(form, fault);
        }

        if (form.RowsPerFile is not null && FormToRequest.ReadCount(form.RowsPerFile) is null)
        {
            fault("options.rowsPerFile", Text.Of("The rows in one file must be a whole number of 1,000 or more. Leave it empty for a single file."));
        }

        if (form.Limit is not null && FormToRequest.ReadCount(form.Limit) is null)
        {
            fault("limit", Text.Of("The number of rows must be a whole number of 1 or more, such as 50000. Leave it empty for all rows."));
        }
    }

    private static string? Missing(FilterRow row, Dataset dataset)
    {
        var column = dataset.Find(row.Column ?? "");
        var title = column?.Title ?? row.Column;
        var kind = column?.Kind ?? ValueKind.Text;
        return row.Op switch
        {
            "isNull" or "isNotNull" => null,
            "in" or "notIn" when FormToRequest.ReadList(row, kind).Length > 0 => null,
            "in" or "notIn" => Text.Of("Give at least one value for {0}.", title),
            "between" when row.Value is not null && row.Upper is not null => null,
            "between" => Text.Of("Give both values for {0}.", title),
            _ when FormToRequest.ReadOne(row, kind) is not null => null,
            _ when row.Time is not null => Text.Of("Choose the day for {0} as well.", title),
            _ => Text.Of("Give a value for {0}.", title),
        };
    }

    private static void FindInRange(RequestForm form, Action<string, string> fault)
    {
        if (form.From is null && form.Until is null)
        {
            fault("dateRange.from", Text.Of("Choose a first day, a last day or both."));
        }
        else if (Day(form.From) is { } first && Day(form.Until) is { } last && last < first)
        {
            fault("dateRange.to", Text.Of("The last day is before the first day."));
        }
    }

    private static DateOnly? Day(string? typed) =>
        DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
