using ExportHub.Datasets;
using ExportHub.Exports;

namespace ExportHub.Schedules;

/// <summary>A request as far as a dataset, as somebody may see it today, has what it names.</summary>
/// <param name="LeftOut">The columns that are not there; with a filter or a date range among what is left out the request means more rows.</param>
internal sealed record TemplateFit(ExportRequest Request, IReadOnlyList<string> LeftOut)
{
    public static TemplateFit Of(ExportRequest request, Dataset dataset)
    {
        var leftOut = new List<string>();
        bool Has(string? column)
        {
            if (column is not null && dataset.Find(column) is not null)
            {
                return true;
            }

            leftOut.Add(column ?? "");
            return false;
        }

        FilterRequest? Fit(FilterRequest filter) => filter.Any?.Where(one => Has(one.Column)).ToList() switch
        {
            null => Has(filter.Column) ? filter : null,
            [] => null,
            var left => filter with { Any = left },
        };

        var fitted = request with
        {
            Columns = request.Columns?.Where(Has).ToList(),
            Filters = request.Filters?.Select(Fit).OfType<FilterRequest>().ToList(),
            Sort = request.Sort?.Where(key => Has(key.Column)).ToList(),
            DateRange = request.DateRange is { } range && Has(range.Column ?? dataset.DateColumn) ? range : null,
        };
        return new TemplateFit(fitted, [.. leftOut.Distinct()]);
    }
}
