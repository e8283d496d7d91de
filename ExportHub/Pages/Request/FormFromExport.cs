using System.Globalization;
using ExportHub.Datasets;
using ExportHub.Exports;
using ExportHub.Formats;

namespace ExportHub.Pages.Request;

/// <summary>Fills the form with what an earlier export asked for.</summary>
internal static class FormFromExport
{
    /// <summary>Columns that the dataset has no longer are left out; their names come back so that the page can say so.</summary>
    public static (RequestForm Form, IReadOnlyList<string> Missing) Fill(Dataset dataset, Export export)
    {
        var criteria = export.Criteria;
        var form = RequestForm.For(dataset);
        form.Columns = [.. criteria.Columns];
        form.Order = [.. criteria.Columns, .. form.Order];
        form.Filters = [.. criteria.Filters.Select(filter => Row(filter, null)), .. criteria.Groups.Zip(FormGroups.Names).SelectMany(Rows)];
        form.Sort = [.. criteria.Sort.Select(key => new SortRow { Column = key.Column, Descending = key.Descending })];
        form.Limit = criteria.Limit?.ToString(CultureInfo.InvariantCulture);
        form.TimeZone = criteria.TimeZone;
        if (criteria.DateRange is { } range)
        {
            FillDates(form, range, dataset, criteria.TimeZone);
        }

        FillFormat(form, export.Format, export.Options);
        return (form, LeaveOut(form, dataset, criteria));

        IEnumerable<FilterRow> Rows((IReadOnlyList<Filter> Filters, string Name) group) => group.Filters.Select(filter => Row(filter, group.Name));

        FilterRow Row(Filter filter, string? group)
        {
            var row = FormFromExport.Row(filter, dataset, criteria.TimeZone);
            row.Group = group;
            return row;
        }
    }

    private static List<string> LeaveOut(RequestForm form, Dataset dataset, Criteria criteria)
    {
        string?[] used = [.. criteria.UsedColumns()];
        form.Filters.RemoveAll(row => dataset.Find(row.Column!) is null);
        form.Sort.RemoveAll(row => dataset.Find(row.Column!) is null);
        form.Tidy(dataset);
        return [.. used.OfType<string>().Distinct().Where(column => dataset.Find(column) is null)];
    }

    private static FilterRow Row(Filter filter, Dataset dataset, string zone)
    {
        var column = dataset.Find(filter.Column);
        var row = new FilterRow { Column = filter.Column, Op = filter.Op };
        if (filter.Op is "in" or "notIn")
        {
            row.Chosen = [.. filter.Values.Where(value => column?.Choices.Contains(value) ?? false)];
            row.Lines = string.Join('\n', filter.Values.Except(row.Chosen));
            return row;
        }

        (row.Value, row.Time) = Split(filter.Values.ElementAtOrDefault(0), column?.Kind, zone, filter.WholeDays);
        (row.Upper, row.UpperTime) = Split(filter.Values.ElementAtOrDefault(1), column?.Kind, zone, filter.WholeDays);
        return row;
    }

    private static (string? Value, string? Time) Split(string? value, ValueKind? kind, string zone, bool wholeDay) =>
        InputTime.Of(value, kind, zone) is not { } at ? (value, null)
        : wholeDay ? (InputTime.Date(at), null)
        : (InputTime.Date(at), InputTime.Clock(at));

    /// <summary>Bounds may be canonical or as they were typed.</summary>
    public static void FillDates(RequestForm form, DateRange range, Dataset dataset, string zone)
    {
        form.DateColumn = range.Column;
        form.Dates = range.Relative is null ? "range" : "relative";
        form.Relative = range.Relative;
        var kind = dataset.Find(range.Column)?.Kind;
        var from = InputTime.OfTyped(range.From, kind, zone);
        var to = InputTime.OfTyped(range.To, kind, zone);
        if (range.Relative is null && (from ?? DateTime.MinValue).TimeOfDay == default && (to ?? DateTime.MinValue).TimeOfDay == default)
        {
            form.From = from is { } first ? InputTime.Date(first) : null;
            form.Until = to is { } end ? InputTime.Date(end.AddDays(-1)) : null;
        }
        else if (range.Relative is null)
        {
            // The fields hold whole days; bounds with a time of day say the same as two filters.
            form.Dates = "all";
            AddBound(form, range.Column, "gte", from);
            AddBound(form, range.Column, "lt", to);
        }
    }

    private static void AddBound(RequestForm form, string column, string op, DateTime? bound)
    {
        if (bound is { } at)
        {
            form.Filters.Add(new FilterRow { Column = column, Op = op, Value = InputTime.Date(at), Time = InputTime.Clock(at) });
        }
    }

    public static void FillFormat(RequestForm form, string? format, FormatOptions options)
    {
        form.Format = format;
        form.Profile = options.Profile ?? "machine";
        form.Delimiter = options.Delimiter == "\t" ? "tab" : options.Delimiter;
        form.Culture = options.Culture;
        form.FormulaGuard = options.FormulaGuard ?? true;
        form.NullText = options.NullText;
        form.Quote = options.Quote;
        form.LineEnd = options.LineEnd;
        form.Bom = options.Bom switch { true => "true", false => "false", null => null };
        form.Decimal = options.Decimal;
        form.DateFormat = options.DateFormat;
        form.Header = options.Header;
        form.Compression = options.Compression;
        form.RowsPerFile = options.RowsPerFile?.ToString(CultureInfo.InvariantCulture);
    }
}
