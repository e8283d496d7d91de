using System.Globalization;
using ExportHub.Access;
using ExportHub.Datasets;
using ExportHub.Language;

namespace ExportHub.Exports;

/// <summary>What an address of the history asks for, as it was typed. Empty is the same as absent.</summary>
internal sealed record HistoryQuery
{
    /// <summary>See <see cref="HistoryFilter.Words"/>.</summary>
    public string? Q { get; init; }

    public string? Dataset { get; init; }

    public string? Status { get; init; }

    public string? Person { get; init; }

    /// <summary>First and last day of the request, both included.</summary>
    public string? From { get; init; }

    public string? To { get; init; }

    /// <summary>Whose days they are; UTC when absent.</summary>
    public string? Zone { get; init; }

    public string? Before { get; init; }

    /// <summary>Null after a fault, which is told with the field it is in.</summary>
    public HistoryFilter? Settle(Viewer viewer, int size, Action<string, string> fault)
    {
        var faults = 0;
        var zone = ZoneOf(Said(Zone), Tell);
        var from = DayOf("from", Said(From), Tell);
        var to = DayOf("to", Said(To), Tell);
        if (from > to)
        {
            Tell("from", Text.Of("The first day is after the last one."));
        }

        var filter = new HistoryFilter(viewer, Said(Dataset), StatusOf(Said(Status), Tell), IdOf(Said(Before), Tell), size)
        {
            Words = Said(Q),
            Person = Said(Person),
            From = from is { } first ? StartOf(first, zone) : null,
            Until = to is { } last && last < DateOnly.MaxValue ? StartOf(last.AddDays(1), zone) : null,
        };
        return faults == 0 ? filter : null;

        void Tell(string field, string message)
        {
            faults++;
            fault(field, message);
        }
    }

    private static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static TimeZoneInfo ZoneOf(string? name, Action<string, string> fault)
    {
        if (name is null)
        {
            return TimeZoneInfo.Utc;
        }

        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
        {
            return zone;
        }

        fault("zone", Text.Of("There is no such time zone. One is called like Europe/Berlin."));
        return TimeZoneInfo.Utc;
    }

    private static DateOnly? DayOf(string field, string? text, Action<string, string> fault)
    {
        if (text is null)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, Moment.Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        fault(field, Text.Of("A day is written like 2026-01-31."));
        return null;
    }

    private static ExportStatus? StatusOf(string? text, Action<string, string> fault)
    {
        if (text is null)
        {
            return null;
        }

        if (Enum.GetNames<ExportStatus>().Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            return Enum.Parse<ExportStatus>(text, ignoreCase: true);
        }

        fault("status", Text.Of("Allowed: {0}.", string.Join(", ", Enum.GetNames<ExportStatus>()).ToLowerInvariant()));
        return null;
    }

    private static Guid? IdOf(string? text, Action<string, string> fault)
    {
        if (text is null)
        {
            return null;
        }

        if (Guid.TryParse(text, out var id))
        {
            return id;
        }

        fault("before", Text.Of("This is no Export ID."));
        return null;
    }

    private static DateTimeOffset StartOf(DateOnly day, TimeZoneInfo zone) =>
        new(Math.Clamp(LocalTime.StartOf(zone, day).UtcTicks, DateTimeOffset.MinValue.Ticks, DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero);
}
