using ExportHub.Datasets;

namespace ExportHub.Pages.Request;

/// <summary>What the parts of the request form are drawn from.</summary>
public sealed class RequestView
{
    internal RequestView(Dataset dataset, RequestForm form, FormErrors errors)
    {
        Dataset = dataset;
        Form = form;
        Errors = errors;
    }

    internal Dataset Dataset { get; }

    internal RequestForm Form { get; }

    internal FormErrors Errors { get; }

    internal IEnumerable<DatasetColumn> DateColumns =>
        Dataset.Columns.Where(column => column.Kind is ValueKind.Date or ValueKind.Timestamp or ValueKind.TimestampTz);

    /// <summary>Whether the person may turn off the formula guard.</summary>
    internal bool MayRaw => Dataset.Permission is { MayRaw: true };

    /// <summary>Whether the time zone is only our guess, which the browser may better.</summary>
    internal bool GuessZone { get; init; }

    /// <summary>The values to pick from, by column; only of columns that a filter is on.</summary>
    internal IReadOnlyDictionary<string, ColumnValues> Offered { get; init; } = new Dictionary<string, ColumnValues>();

    /// <summary>When relative periods are worked out for the person to see.</summary>
    internal DateTimeOffset Now { get; init; }

    /// <summary>How many of the rows that were looked at have the value; null when nobody knows.</summary>
    internal long? RowsWith(DatasetColumn column, string value) => Offered.GetValueOrDefault(column.Name)?.Items.FirstOrDefault(item => item.Value == value)?.Rows;

    /// <summary>Columns as the form orders them.</summary>
    internal IEnumerable<DatasetColumn> Ordered => Form.Order.Select(Dataset.Find).OfType<DatasetColumn>();
}
