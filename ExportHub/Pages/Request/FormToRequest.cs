using System.Globalization;
using System.Text.Json;
using ExportHub.Datasets;
using ExportHub.Exports;
using ExportHub.Formats;

namespace ExportHub.Pages.Request;

/// <summary>Reads the form as the request that a client would send over HTTP, so that the same checks judge both.</summary>
internal static class FormToRequest
{
    private static readonly char[] LineEnds = ['\r', '\n'];

    public static ExportRequest Read(RequestForm form, Dataset dataset) => new()
    {
        Dataset = dataset.Name,
        Format = form.Format,
        Columns = form.Columns,
        Filters = [.. FormGroups.Gather(form.Filters, row => ReadFilter(row, dataset))],
        DateRange = ReadDates(form),
        Sort = [.. form.Sort.Select(row => new SortRequest(row.Column, row.Descending))],
        Limit = ReadCount(form.Limit),
        TimeZone = form.TimeZone,
        Options = ReadOptions(form),
    };

    private static FilterRequest ReadFilter(FilterRow row, Dataset dataset)
    {
        var kind = dataset.Find(row.Column ?? "")?.Kind ?? ValueKind.Text;
        JsonElement? values = row.Op switch
        {
            "isNull" or "isNotNull" => null,
            "in" or "notIn" => JsonSerializer.SerializeToElement(ReadList(row, kind)),
            "between" => JsonSerializer.SerializeToElement(new[] { Join(row.Value, row.Time, kind), Join(row.Upper, row.UpperTime, kind) }),
            _ => JsonSerializer.SerializeToElement(ReadOne(row, kind)),
        };
        return new FilterRequest(row.Column, row.Op, values);
    }

    /// <summary>Without JavaScript the operator may have changed since the inputs were drawn, so each reading falls back to what was filled in.</summary>
    public static string? ReadOne(FilterRow row, ValueKind kind) =>
        Join(row.Value, row.Time, kind) ?? row.Chosen.FirstOrDefault() ?? Lines(row).FirstOrDefault();

    public static string[] ReadList(FilterRow row, ValueKind kind)
    {
        string[] list = [.. row.Chosen.Concat(Lines(row)).Distinct()];
        return list.Length == 0 && Join(row.Value, row.Time, kind) is { } single ? [single] : list;
    }

    public static string[] Lines(FilterRow row) =>
        row.Lines?.Split(LineEnds, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    public static string? Join(string? value, string? time, ValueKind kind) =>
        kind is ValueKind.Timestamp or ValueKind.TimestampTz && value is not null && time is not null ? $"{value}T{time}" : value;

    private static DateRangeRequest? ReadDates(RequestForm form) => form.Dates switch
    {
        "relative" => new DateRangeRequest(form.DateColumn, Relative: form.Relative ?? ""),
        "range" => new DateRangeRequest(form.DateColumn, form.From, DayAfter(form.Until)),
        _ => null,
    };

    private static string? DayAfter(string? lastDay) =>
        DateOnly.TryParseExact(lastDay, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day < DateOnly.MaxValue
            ? day.AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : lastDay;

    /// <summary>Null for all rows, and for what is no whole number: <see cref="FormCheck"/> has said so by then.</summary>
    public static long? ReadCount(string? typed) =>
        long.TryParse(typed, NumberStyles.Integer | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var count) ? count : null;

    private static FormatOptions ReadOptions(RequestForm form)
    {
        var csv = form.Format == FileFormats.Csv.Name;
        var excelProfile = csv && form.Profile == "excel";
        return new FormatOptions
        {
            Profile = csv ? form.Profile : null,
            Delimiter = csv ? DelimiterOf(form.Delimiter) : null,
            Culture = excelProfile ? form.Culture : null,
            FormulaGuard = csv ? form.FormulaGuard : null,
            NullText = csv ? form.NullText : null,
            Quote = csv ? form.Quote : null,
            LineEnd = csv ? form.LineEnd : null,
            Bom = csv && bool.TryParse(form.Bom, out var bom) ? bom : null,
            Decimal = csv ? form.Decimal : null,
            DateFormat = csv ? form.DateFormat : null,
            Header = csv || form.Format == FileFormats.Xlsx.Name ? form.Header : null,
            Compression = form is { RowsPerFile: not null, Compression: "none" } ? null : form.Compression,
            RowsPerFile = ReadCount(form.RowsPerFile),
        };
    }

    /// <summary>A TAB does not survive in a form field, so it has a name there.</summary>
    private static string? DelimiterOf(string? chosen) => chosen == "tab" ? "\t" : chosen;
}
