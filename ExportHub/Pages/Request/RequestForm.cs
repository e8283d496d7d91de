using ExportHub.Datasets;
using ExportHub.Formats;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace ExportHub.Pages.Request;

/// <summary>The fields of the request page as they were typed. Everything is text, so that what cannot be read is still there to be mended.</summary>
internal sealed class RequestForm
{
    /// <summary>Made when the form is shown; sent twice, it makes one export.</summary>
    public string? Key { get; set; }

    /// <summary>Every column in the order shown, ticked or not.</summary>
    public List<string> Order { get; set; } = [];

    /// <summary>The ticked columns.</summary>
    public List<string> Columns { get; set; } = [];

    public List<FilterRow> Filters { get; set; } = [];

    /// <summary>The column that the next filter is to be on.</summary>
    public string? AddFilter { get; set; }

    /// <summary>`all`, `relative` or `range`.</summary>
    public string? Dates { get; set; }

    public string? DateColumn { get; set; }

    public string? Relative { get; set; }

    public string? From { get; set; }

    /// <summary>The last day that is included: people count days, the criteria have an exclusive end.</summary>
    public string? Until { get; set; }

    public List<SortRow> Sort { get; set; } = [];

    public string? Limit { get; set; }

    public string? TimeZone { get; set; }

    public string? Format { get; set; }

    public string? Profile { get; set; }

    public string? Delimiter { get; set; }

    public string? Culture { get; set; }

    public string? Header { get; set; }

    public string? NullText { get; set; }

    public string? Quote { get; set; }

    public string? LineEnd { get; set; }

    /// <summary>`true` or `false`; nothing leaves it to the profile.</summary>
    public string? Bom { get; set; }

    public string? Decimal { get; set; }

    public string? DateFormat { get; set; }

    public string? Compression { get; set; }

    public string? RowsPerFile { get; set; }

    public bool FormulaGuard { get; set; }

    /// <summary>The form for a first visit: every column, no filter, Excel.</summary>
    public static RequestForm For(Dataset dataset)
    {
        var names = dataset.Columns.Select(column => column.Name).ToList();
        return new RequestForm
        {
            Key = NewKey(),
            Order = names,
            Columns = [.. names],
            Dates = "all",
            DateColumn = dataset.DateColumn,
            TimeZone = "UTC",
            Format = FileFormats.Xlsx.Name,
            Profile = "excel",
            FormulaGuard = true,
        };
    }

    public static string NewKey() => Guid.NewGuid().ToString("N");

    /// <summary>Makes what a browser sent fit the dataset: each column stands in the order once, rows without a column are gone.</summary>
    public void Tidy(Dataset dataset)
    {
        var names = dataset.Columns.Select(column => column.Name).ToList();
        Order = [.. Order.Where(names.Contains).Union(names)];
        Columns = [.. Order.Intersect(Columns)];
        Filters.RemoveAll(row => row.Column is null);
        Sort.RemoveAll(row => row.Column is null);
        FormGroups.Order(Filters);
    }
}

internal sealed class FilterRow
{
    public string? Column { get; set; }

    public string? Op { get; set; }

    public string? Value { get; set; }

    /// <summary>The time of day that belongs to <see cref="Value"/> where that is a date; empty means the whole day.</summary>
    public string? Time { get; set; }

    /// <summary>The second value of `between`.</summary>
    public string? Upper { get; set; }

    public string? UpperTime { get; set; }

    /// <summary>For `in` and `notIn`: one value on each line.</summary>
    public string? Lines { get; set; }

    /// <summary>For `in` and `notIn` on a column with choices: the ticked ones.</summary>
    public List<string> Chosen { get; set; } = [];

    /// <summary>A letter: of the filters with the same one, one is enough. Null for a filter that must be met.</summary>
    public string? Group { get; set; }

    /// <summary>For `in` and `notIn`: a file whose values are added to the lines.</summary>
    public IFormFile? File { get; set; }

    /// <summary>What became of that file, for the person; never sent.</summary>
    [BindNever]
    public string? Note { get; set; }
}

internal sealed class SortRow
{
    public string? Column { get; set; }

    public bool Descending { get; set; }
}
