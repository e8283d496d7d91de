using ExportHub.Language;

namespace ExportHub.Datasets;

/// <summary>Checks a date range and resolves it into bounds that no longer depend on today or on a time zone.</summary>
internal static class DateRangeCheck
{
    public static bool Suits(ValueKind kind) => kind is ValueKind.Date or ValueKind.Timestamp or ValueKind.TimestampTz;

    /// <summary>Null after a fault.</summary>
    public static DateRange? Settle(Dataset dataset, DateRangeRequest request, TimeZoneInfo zone, DateTimeOffset now, Action<string, string> fault)
    {
        if (Column(dataset, request.Column, fault) is not { } column)
        {
            return null;
        }

        if (request.Relative is { } relative)
        {
            return Relative(column, request, relative, zone, now, fault);
        }

        if (request.From is null && request.To is null)
        {
            fault("dateRange", Text.Of("Give from, to or relative."));
            return null;
        }

        var from = Bound("dateRange.from", request.From, column, zone, fault);
        var to = Bound("dateRange.to", request.To, column, zone, fault);
        if (from?.Order >= to?.Order)
        {
            fault("dateRange.from", Text.Of("The range ends before it begins. Give a from that is earlier than to; to itself is not part of the range."));
        }

        return new DateRange(column.Name, from?.Text, to?.Text);
    }

    private static DatasetColumn? Column(Dataset dataset, string? named, Action<string, string> fault)
    {
        var name = named ?? dataset.DateColumn;
        if (name is not null && dataset.Find(name) is { } column && Suits(column.Kind))
        {
            return column;
        }

        var dates = ListOf.Names([.. dataset.Columns.Where(c => Suits(c.Kind)).Select(c => c.Name)]);
        fault("dateRange.column", name is null
            ? Text.Of("This dataset has no usual date column, so name one of: {0}.", dates)
            : Text.Of("A date range needs a column with dates or times. Use one of: {0}.", dates));
        return null;
    }

    private static DateRange? Relative(
        DatasetColumn column, DateRangeRequest request, string name, TimeZoneInfo zone, DateTimeOffset now, Action<string, string> fault)
    {
        if (request.From is not null || request.To is not null)
        {
            fault("dateRange.relative", Text.Of("Give either relative or from and to, not both."));
            return null;
        }

        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        if (RelativeRange.Resolve(name, today) is not var (from, to))
        {
            fault("dateRange.relative", Text.Of("There is no such range. Use one of: {0}.", ListOf.Names(RelativeRange.Names)));
            return null;
        }

        return new DateRange(column.Name, Moment.Of(from, column.Kind, zone).Text, Moment.Of(to, column.Kind, zone).Text, name);
    }

    private static Moment? Bound(string field, string? text, DatasetColumn column, TimeZoneInfo zone, Action<string, string> fault)
    {
        if (text is null)
        {
            return null;
        }

        var moment = Moment.Parse(text, column.Kind, zone, out var allowed);
        if (moment is null)
        {
            fault(field, allowed);
        }

        return moment;
    }
}
