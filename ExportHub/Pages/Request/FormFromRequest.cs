using System.Globalization;
using System.Text.Json;
using ExportHub.Datasets;
using ExportHub.Exports;
using ExportHub.Formats;

namespace ExportHub.Pages.Request;

/// <summary>Fills the form with a request that names only what the dataset has: <see cref="FormToRequest"/> read backwards.</summary>
internal static class FormFromRequest
{
    public static RequestForm Fill(Dataset dataset, ExportRequest request)
    {
        var zone = request.TimeZone ?? "UTC";
        var form = RequestForm.For(dataset);
        form.Columns = [.. request.Columns ?? form.Order];
        form.Order = [.. form.Columns, .. form.Order];
        form.Filters = [.. Filters(request.Filters ?? [], dataset, zone)];
        form.Sort = [.. (request.Sort ?? []).Select(key => new SortRow { Column = key.Column, Descending = key.Descending })];
        form.Limit = request.Limit?.ToString(CultureInfo.InvariantCulture);
        form.TimeZone = zone;
        if (request.DateRange is { } range && (range.Column ?? dataset.DateColumn) is { } column)
        {
            FormFromExport.FillDates(form, new DateRange(column, range.From, range.To, range.Relative), dataset, zone);
        }

        FormFromExport.FillFormat(form, request.Format, request.Options ?? new FormatOptions());
        form.Tidy(dataset);
        return form;
    }

    private static IEnumerable<FilterRow> Filters(IReadOnlyList<FilterRequest> filters, Dataset dataset, string zone)
    {
        var groups = filters.Select(filter => filter.Any).OfType<IReadOnlyList<FilterRequest>>().Zip(FormGroups.Names);
        return filters.Where(filter => filter.Any is null).Select(filter => Row(filter, dataset, zone)).Concat(
            from @group in groups
            from filter in @group.First
            select Row(filter, dataset, zone, @group.Second));
    }

    private static FilterRow Row(FilterRequest filter, Dataset dataset, string zone, string? group = null)
    {
        var column = dataset.Find(filter.Column!);
        var row = new FilterRow { Column = filter.Column, Op = filter.Op, Group = group };
        var values = Texts(filter.Value);
        if (filter.Op is "in" or "notIn")
        {
            row.Chosen = [.. values.Where(value => column?.Choices.Contains(value) ?? false)];
            row.Lines = string.Join('\n', values.Except(row.Chosen));
            return row;
        }

        (row.Value, row.Time) = Split(values.ElementAtOrDefault(0), column?.Kind, zone);
        (row.Upper, row.UpperTime) = Split(values.ElementAtOrDefault(1), column?.Kind, zone);
        return row;
    }

    private static List<string> Texts(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(one => one.ToString())],
        null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => [],
        // The page and PostgreSQL write truth in small letters, JsonElement does not.
        { ValueKind: JsonValueKind.True or JsonValueKind.False } truth => [truth.GetRawText()],
        { } one => [one.ToString()],
    };

    /// <summary>A day alone means the whole day, so it stays without a time.</summary>
    private static (string? Day, string? Time) Split(string? value, ExportHub.Datasets.ValueKind? kind, string zone) =>
        kind is ExportHub.Datasets.ValueKind.Timestamp or ExportHub.Datasets.ValueKind.TimestampTz && value is { Length: > 10 } && InputTime.OfTyped(value, kind, zone) is { } at
            ? (InputTime.Date(at), InputTime.Clock(at))
            : (value, null);
}
