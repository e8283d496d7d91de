using System.Text.Json;
using ExportHub.Datasets;

namespace ExportHub.Exports;

/// <summary>Asks for the same as an earlier export did.</summary>
internal static class SameRequest
{
    /// <summary>
    /// To be checked and resolved anew: under today's rights, on the columns there are today, and a range such as `previous_month` is the one
    /// before today. Equal exports give equal requests.
    /// </summary>
    public static ExportRequest Of(Export export)
    {
        var criteria = export.Criteria;
        return new ExportRequest
        {
            Dataset = export.Dataset.Name,
            Format = export.Format,
            Options = export.Options,
            Columns = criteria.Columns,
            Filters = [.. criteria.Filters.Select(Ask), .. criteria.Groups.Select(group => new FilterRequest { Any = [.. group.Select(Ask)] })],
            DateRange = criteria.DateRange is { } range ? Ask(range) : null,
            Sort = [.. criteria.Sort.Select(key => new SortRequest(key.Column, key.Descending))],
            Limit = criteria.Limit,
            TimeZone = criteria.TimeZone,
        };
    }

    private static FilterRequest Ask(Filter filter)
    {
        string[] values = [.. filter.Values.Select(value => filter.WholeDays ? value[..Moment.Day.Length] : value)];
        JsonElement? said = filter.Op switch
        {
            Operators.IsNull or Operators.IsNotNull => null,
            Operators.In or Operators.NotIn or Operators.Between => JsonSerializer.SerializeToElement(values),
            _ => JsonSerializer.SerializeToElement(values[0]),
        };
        return new FilterRequest(filter.Column, filter.Op, said);
    }

    private static DateRangeRequest Ask(DateRange range) =>
        range.Relative is { } relative ? new(range.Column, Relative: relative) : new(range.Column, range.From, range.To);
}
