namespace ExportHub.Schedules;

/// <summary>
/// The instants at which clocks in a zone show certain times. A time that the clocks leave out in spring is the first instant after the gap; of a time that they show twice
/// in autumn it is the first, and both where the times are an interval. Times that come to the same instant are one. The same as Cronos, but for days: where day of month
/// and weekday are both given, either will do, as cron has it; and it goes on where an hour is put back in winter, as in Casablanca.
/// </summary>
internal sealed class Timetable(TimeFields fields, TimeZoneInfo zone)
{
    /// <summary>29 February is the rarest day that comes at all, and 1900 or 2100 leave it out.</summary>
    private const int YearsBetween = 9;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly DateTime Latest = new(9900, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>In UTC; null when there is none.</summary>
    public DateTimeOffset? Next(DateTimeOffset after) => After(after).Select(at => (DateTimeOffset?)at.ToUniversalTime()).FirstOrDefault();

    /// <summary>All later ones in order, with the offset of the zone; without end, unless there are none.</summary>
    public IEnumerable<DateTimeOffset> After(DateTimeOffset after)
    {
        var first = after >= Latest ? Latest + Day : new DateTime(after.UtcTicks / Minute.Ticks * Minute.Ticks, DateTimeKind.Utc) + Minute;
        // A day earlier, to know whether the clocks were put back and show a time again.
        var (at, shownUntil, end) = (first - Day, DateTime.MinValue, first.AddYears(YearsBetween));
        while (at < end && at < Latest)
        {
            var change = ClockChange.Within(zone, at, at + Day);
            var (until, offset) = (change?.At ?? at + Day, zone.GetUtcOffset(at));
            foreach (var wall in Walls((at > first ? at : first) + offset, until + offset).Where(wall => fields.IsInterval || wall >= shownUntil))
            {
                end = until.AddYears(YearsBetween);
                yield return new DateTimeOffset(wall, offset);
            }

            if (change is { } back && back.After < back.Before)
            {
                shownUntil = DateTime.SpecifyKind(until + back.Before, DateTimeKind.Unspecified);
            }
            else if (change is { } gap && until >= first && Walls(until + gap.Before, until + gap.After).Any())
            {
                first = until + Minute;
                yield return new DateTimeOffset(DateTime.SpecifyKind(until + gap.After, DateTimeKind.Unspecified), gap.After);
            }

            at = until;
        }
    }

    private IEnumerable<DateTime> Walls(DateTime from, DateTime before)
    {
        for (var day = DateTime.SpecifyKind(from.Date, DateTimeKind.Unspecified); day < before; day += Day)
        {
            if (fields.Has(day))
            {
                foreach (var wall in fields.Times.Select(time => day.AddMinutes(time)).Where(wall => wall >= from && wall < before))
                {
                    yield return wall;
                }
            }
        }
    }
}
