using System.Globalization;
using ExportHub.Language;
using ExportHub.Schedules;

namespace ExportHub.Pages.Schedules;

/// <summary>A month of runs that were and will be, day by day in one zone.</summary>
public sealed class MonthView
{
    private readonly ILookup<DateOnly, DayEntry> entries;

    internal MonthView(DateOnly month, string zone, DateOnly today, IEnumerable<DayEntry> entries)
    {
        (Month, Zone, Today) = (month, zone, today);
        this.entries = entries.ToLookup(entry => entry.Day);
    }

    /// <summary>Its first day.</summary>
    internal DateOnly Month { get; }

    internal string Zone { get; }

    internal DateOnly Today { get; }

    internal string Title => Month.ToString("MMMM yyyy", Text.Culture);

    /// <summary>Monday to Sunday; days of other months are null.</summary>
    internal IEnumerable<DateOnly?[]> Weeks
    {
        get
        {
            var before = ((int)Month.DayOfWeek + 6) % 7;
            var days = DateTime.DaysInMonth(Month.Year, Month.Month);
            return Enumerable.Range(0, (before + days + 6) / 7)
                .Select(week => Enumerable.Range(week * 7 - before + 1, 7).Select(day => day >= 1 && day <= days ? Month.AddDays(day - 1) : (DateOnly?)null).ToArray());
        }
    }

    internal static IEnumerable<string> Weekdays => Enumerable.Range(1, 7).Select(day => Text.Culture.DateTimeFormat.GetDayName((DayOfWeek)(day % 7)));

    /// <summary>The earliest first.</summary>
    internal IEnumerable<DayEntry> Of(DateOnly day) => entries[day].OrderBy(entry => entry.First).ThenBy(entry => entry.Name, StringComparer.Ordinal);

    internal string Address(int months) => string.Create(CultureInfo.InvariantCulture, $"/schedules/calendar?month={Month.AddMonths(months):yyyy-MM}&zone={Uri.EscapeDataString(Zone)}");
}

/// <summary>The runs of one schedule that stand alike on a day.</summary>
/// <param name="Status">Null for those that are planned.</param>
/// <param name="Count">How many, of which the first is at <paramref name="First"/>.</param>
internal sealed record DayEntry(DateOnly Day, Guid Schedule, string Name, OccurrenceStatus? Status, DateTimeOffset First, int Count);
