using System.Globalization;
using ExportHub.Datasets;

namespace ExportHub.Pages.Request;

/// <summary>What the small buttons of the form do. Each is a submit button, so that the form can be filled in without JavaScript.</summary>
internal static class FormEdit
{
    /// <summary>Changes the form; false when <paramref name="act"/> is not an edit but the request itself.</summary>
    public static bool Apply(RequestForm form, Dataset dataset, string? act)
    {
        var (verb, subject) = act?.Split(':', 2) is [var first, var second] ? (first, second) : (act, "");
        switch (verb)
        {
            case "up": Move(form.Order, subject, -1); break;
            case "down": Move(form.Order, subject, +1); break;
            case "all": form.Columns = [.. form.Order]; break;
            case "none": form.Columns = []; break;
            case "add-filter": AddFilter(form, dataset); break;
            case "remove-filter": RemoveAt(form.Filters, subject); break;
            case "remove-sort": RemoveAt(form.Sort, subject); break;
            case "redraw": break;
            default: return false;
        }

        form.Columns = [.. form.Order.Intersect(form.Columns)];
        return true;
    }

    private static void Move(List<string> order, string column, int step)
    {
        var from = order.IndexOf(column);
        var to = from + step;
        if (from >= 0 && to >= 0 && to < order.Count)
        {
            (order[from], order[to]) = (order[to], order[from]);
        }
    }

    private static void AddFilter(RequestForm form, Dataset dataset)
    {
        if (dataset.Find(form.AddFilter ?? "") is { } column)
        {
            form.Filters.Add(new FilterRow { Column = column.Name, Op = column.Operators is [var first, ..] ? first : null });
            form.AddFilter = null;
        }
    }

    private static void RemoveAt<T>(List<T> rows, string index)
    {
        if (int.TryParse(index, CultureInfo.InvariantCulture, out var at) && at >= 0 && at < rows.Count)
        {
            rows.RemoveAt(at);
        }
    }
}
