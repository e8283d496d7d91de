using System.Text.RegularExpressions;
using ExportHub.Datasets;
using ExportHub.Formats;
using Microsoft.AspNetCore.WebUtilities;

namespace ExportHub.Pages.Request;

/// <summary>
/// The form as the query of an address, to keep and to send: `filter=status in paid|shipped`, `anyA=…` for a filter of group A, `sort=id desc`, and names of fields for the
/// rest. It holds what was chosen and nothing else; what is as on a first visit is left out. request.js writes the same.
/// </summary>
internal static partial class FormAddress
{
    /// <summary>Longer ones do not get through every mail program and proxy.</summary>
    public const int Longest = 6_000;

    /// <summary>Fields of the form that stand in the address under their own names.</summary>
    public static readonly IReadOnlyDictionary<string, (Func<RequestForm, string?> Read, Action<RequestForm, string?> Write)> Plain =
        new Dictionary<string, (Func<RequestForm, string?>, Action<RequestForm, string?>)>(StringComparer.Ordinal)
        {
            ["limit"] = (form => form.Limit, (form, value) => form.Limit = value),
            ["timeZone"] = (form => form.TimeZone, (form, value) => form.TimeZone = value),
            ["format"] = (form => form.Format, (form, value) => form.Format = value),
            ["profile"] = (form => form.Profile, (form, value) => form.Profile = value),
            ["delimiter"] = (form => form.Delimiter, (form, value) => form.Delimiter = value),
            ["culture"] = (form => form.Culture, (form, value) => form.Culture = value),
            ["header"] = (form => form.Header, (form, value) => form.Header = value),
            ["nullText"] = (form => form.NullText, (form, value) => form.NullText = value),
            ["quote"] = (form => form.Quote, (form, value) => form.Quote = value),
            ["lineEnd"] = (form => form.LineEnd, (form, value) => form.LineEnd = value),
            ["bom"] = (form => form.Bom, (form, value) => form.Bom = value),
            ["decimal"] = (form => form.Decimal, (form, value) => form.Decimal = value),
            ["dateFormat"] = (form => form.DateFormat, (form, value) => form.DateFormat = value),
            ["compression"] = (form => form.Compression, (form, value) => form.Compression = value),
            ["rowsPerFile"] = (form => form.RowsPerFile, (form, value) => form.RowsPerFile = value),
            ["formulaGuard"] = (form => form.FormulaGuard ? "true" : "false", (form, value) => form.FormulaGuard = value != "false"),
        };

    /// <summary>The address without the host; null when it would be longer than <see cref="Longest"/>.</summary>
    public static string? Of(RequestForm form, Dataset dataset)
    {
        var usual = RequestForm.For(dataset);
        var parts = new List<KeyValuePair<string, string?>>();
        if (!form.Columns.SequenceEqual(usual.Columns))
        {
            var isPlain = !form.Columns.Any(name => name.Contains(',', StringComparison.Ordinal));
            parts.AddRange((isPlain ? [string.Join(',', form.Columns)] : form.Columns).Select(names => KeyValuePair.Create("columns", (string?)names)));
        }

        parts.AddRange(form.Filters.Select(row => KeyValuePair.Create(row.Group is { } group ? $"any{group}" : "filter", (string?)FilterOf(row, dataset))));
        parts.AddRange(DatesOf(form));
        parts.AddRange(form.Sort.Select(row => KeyValuePair.Create("sort", (string?)(row.Descending ? $"{row.Column} desc" : row.Column))));
        parts.AddRange(
            from field in Plain
            let value = field.Value.Read(form)
            where value != field.Value.Read(usual) && value is not (null or "none")
            select KeyValuePair.Create(field.Key, (string?)value));
        var address = QueryHelpers.AddQueryString($"/request/{dataset.Name}", parts);
        return address.Length <= Longest ? address : null;
    }

    /// <summary>Fills the form; the answer names what could not be used.</summary>
    public static IReadOnlyList<string> Fill(RequestForm form, Dataset dataset, IQueryCollection query) => new AddressReader(form, dataset).Read(query);

    private static string FilterOf(FilterRow row, Dataset dataset)
    {
        var kind = dataset.Find(row.Column!)?.Kind ?? ValueKind.Text;
        IEnumerable<string?> values = row.Op switch
        {
            "isNull" or "isNotNull" => Array.Empty<string?>(),
            "in" or "notIn" => FormToRequest.ReadList(row, kind),
            "between" => new[] { FormToRequest.Join(row.Value, row.Time, kind), FormToRequest.Join(row.Upper, row.UpperTime, kind) },
            _ => new[] { FormToRequest.ReadOne(row, kind) },
        };
        return string.Join(' ', (string[])[row.Column!, row.Op!, string.Join('|', values.Select(value => Special().Replace(value ?? "", @"\$0")))]).TrimEnd(' ');
    }

    private static IEnumerable<KeyValuePair<string, string?>> DatesOf(RequestForm form)
    {
        (string Name, string? Value)[] parts = form.Dates switch
        {
            "relative" => [("dateColumn", form.DateColumn), ("period", form.Relative)],
            "range" => [("dateColumn", form.DateColumn), ("firstDay", form.From), ("lastDay", form.Until)],
            _ => [],
        };
        return parts.Where(part => part.Value is not null).Select(part => KeyValuePair.Create(part.Name, part.Value));
    }

    [GeneratedRegex(@"[\\|]")]
    private static partial Regex Special();
}
