using System.Globalization;
using ExportHub.Datasets;

namespace ExportHub.Tests.Datasets;

public sealed class DateRangeTests
{
    [Theory]
    [InlineData("today", "2026-05-20", "2026-05-21")]
    [InlineData("yesterday", "2026-05-19", "2026-05-20")]
    [InlineData("last_7_days", "2026-05-13", "2026-05-20")]
    [InlineData("last_30_days", "2026-04-20", "2026-05-20")]
    [InlineData("this_month", "2026-05-01", "2026-06-01")]
    [InlineData("previous_month", "2026-04-01", "2026-05-01")]
    [InlineData("this_quarter", "2026-04-01", "2026-07-01")]
    [InlineData("previous_quarter", "2026-01-01", "2026-04-01")]
    [InlineData("this_year", "2026-01-01", "2027-01-01")]
    [InlineData("previous_year", "2025-01-01", "2026-01-01")]
    public void A_relative_range_is_whole_days(string name, string from, string to)
    {
        Assert.Equal(new DateRange("shipped_on", from, to, name), Resolve("shipped_on", name, "UTC", "2026-05-20T23:59:59Z"));
        Assert.Equal(new DateRange("made_at", $"{from}T00:00:00", $"{to}T00:00:00", name), Resolve("made_at", name, "UTC", "2026-05-20T00:00:00Z"));
        Assert.Equal(
            new DateRange("ordered_at", $"{from}T00:00:00+05:30", $"{to}T00:00:00+05:30", name),
            Resolve("ordered_at", name, "Asia/Kolkata", "2026-05-19T18:30:00Z"));
    }

    [Theory]
    [InlineData("previous_month", "2026-03-31T12:00Z", "2026-02-01", "2026-03-01")]
    [InlineData("previous_month", "2026-01-01T12:00Z", "2025-12-01", "2026-01-01")]
    [InlineData("previous_quarter", "2026-02-28T12:00Z", "2025-10-01", "2026-01-01")]
    [InlineData("this_quarter", "2026-12-31T12:00Z", "2026-10-01", "2027-01-01")]
    [InlineData("this_month", "2024-02-29T12:00Z", "2024-02-01", "2024-03-01")]
    [InlineData("previous_year", "2024-02-29T12:00Z", "2023-01-01", "2024-01-01")]
    [InlineData("last_30_days", "2024-03-01T12:00Z", "2024-01-31", "2024-03-01")]
    public void Months_quarters_and_years_turn_where_the_calendar_does(string name, string now, string from, string to) =>
        Assert.Equal(new DateRange("shipped_on", from, to, name), Resolve("shipped_on", name, "UTC", now));

    [Theory]
    // Germany: clocks go forward on 2026-03-29 and back on 2026-10-25.
    [InlineData("Europe/Berlin", "2026-03-29T10:00Z", "today", "2026-03-29T00:00:00+01:00", "2026-03-30T00:00:00+02:00", 23)]
    [InlineData("Europe/Berlin", "2026-10-25T10:00Z", "today", "2026-10-25T00:00:00+02:00", "2026-10-26T00:00:00+01:00", 25)]
    [InlineData("Europe/Berlin", "2026-10-25T23:30Z", "yesterday", "2026-10-25T00:00:00+02:00", "2026-10-26T00:00:00+01:00", 25)]
    [InlineData("Europe/Berlin", "2026-04-01T10:00Z", "last_7_days", "2026-03-25T00:00:00+01:00", "2026-04-01T00:00:00+02:00", 167)]
    [InlineData("Europe/Berlin", "2026-11-10T10:00Z", "last_30_days", "2026-10-11T00:00:00+02:00", "2026-11-10T00:00:00+01:00", 721)]
    [InlineData("Europe/Berlin", "2026-03-31T22:30Z", "this_month", "2026-04-01T00:00:00+02:00", "2026-05-01T00:00:00+02:00", 720)]
    [InlineData("Europe/Berlin", "2026-04-10T10:00Z", "previous_month", "2026-03-01T00:00:00+01:00", "2026-04-01T00:00:00+02:00", 743)]
    [InlineData("Europe/Berlin", "2026-02-10T10:00Z", "this_quarter", "2026-01-01T00:00:00+01:00", "2026-04-01T00:00:00+02:00", 2159)]
    [InlineData("Europe/Berlin", "2027-02-10T10:00Z", "previous_quarter", "2026-10-01T00:00:00+02:00", "2027-01-01T00:00:00+01:00", 2209)]
    [InlineData("Europe/Berlin", "2025-12-31T23:30Z", "this_year", "2026-01-01T00:00:00+01:00", "2027-01-01T00:00:00+01:00", 8760)]
    // New York: 2026-03-08 and 2026-11-01.
    [InlineData("America/New_York", "2026-03-08T20:00Z", "today", "2026-03-08T00:00:00-05:00", "2026-03-09T00:00:00-04:00", 23)]
    [InlineData("America/New_York", "2026-11-02T04:59Z", "today", "2026-11-01T00:00:00-04:00", "2026-11-02T00:00:00-05:00", 25)]
    [InlineData("America/New_York", "2026-11-02T05:00Z", "yesterday", "2026-11-01T00:00:00-04:00", "2026-11-02T00:00:00-05:00", 25)]
    [InlineData("America/New_York", "2026-04-01T03:59Z", "this_month", "2026-03-01T00:00:00-05:00", "2026-04-01T00:00:00-04:00", 743)]
    [InlineData("America/New_York", "2026-01-01T04:59Z", "previous_year", "2024-01-01T00:00:00-05:00", "2025-01-01T00:00:00-05:00", 8784)]
    // India: no changes, half an hour off.
    [InlineData("Asia/Kolkata", "2026-03-28T18:29Z", "today", "2026-03-28T00:00:00+05:30", "2026-03-29T00:00:00+05:30", 24)]
    [InlineData("Asia/Kolkata", "2026-03-28T18:30Z", "today", "2026-03-29T00:00:00+05:30", "2026-03-30T00:00:00+05:30", 24)]
    [InlineData("Asia/Kolkata", "2026-06-30T18:30Z", "previous_quarter", "2026-04-01T00:00:00+05:30", "2026-07-01T00:00:00+05:30", 2184)]
    // Midnight itself does not exist where clocks go forward at midnight.
    [InlineData("America/Santiago", "2026-09-06T12:00Z", "today", "2026-09-06T01:00:00-03:00", "2026-09-07T00:00:00-03:00", 23)]
    // Midnight comes twice where clocks go back to it; the day begins with the first.
    [InlineData("America/Havana", "2026-11-01T18:00Z", "today", "2026-11-01T00:00:00-04:00", "2026-11-02T00:00:00-05:00", 25)]
    public void A_day_is_as_long_as_the_clocks_make_it(string zone, string now, string name, string from, string to, int hours)
    {
        Assert.Equal(new DateRange("ordered_at", from, to, name), Resolve("ordered_at", name, zone, now));
        Assert.Equal(hours, (Instant(to) - Instant(from)).TotalHours);
    }

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-29T02:30", "2026-03-29T03:30:00+02:00")]
    [InlineData("Europe/Berlin", "2026-10-25T02:30", "2026-10-25T02:30:00+01:00")]
    [InlineData("Europe/Berlin", "2026-10-25T03:00", "2026-10-25T03:00:00+01:00")]
    [InlineData("Europe/Berlin", "2026-10-25T01:30Z", "2026-10-25T02:30:00+01:00")]
    [InlineData("America/New_York", "2026-03-08T02:00", "2026-03-08T03:00:00-04:00")]
    [InlineData("America/New_York", "2026-11-01T01:59:59.999999", "2026-11-01T01:59:59.999999-05:00")]
    [InlineData("Asia/Kolkata", "2026-01-01", "2026-01-01T00:00:00+05:30")]
    [InlineData("Pacific/Apia", "2011-12-30T10:00", "2011-12-31T10:00:00+14:00")]
    [InlineData("Pacific/Apia", "2011-12-30", "2011-12-31T00:00:00+14:00")]
    [InlineData("Pacific/Kiritimati", "9999-12-31T23:59", "9999-12-31T23:59:00+14:00")]
    [InlineData("UTC", "0001-01-01", "0001-01-01T00:00:00+00:00")]
    [InlineData("UTC", "2026-01-01T10:00:00+01:00", "2026-01-01T09:00:00+00:00")]
    public void A_bound_without_offset_is_read_in_the_zone(string zone, string bound, string instant)
    {
        var criteria = Bench.Settle(Shop.Dataset, $$"""{ "dateRange": { "from": "{{bound}}" }, "timeZone": "{{zone}}" }""");

        Assert.Equal(new DateRange("ordered_at", instant, null), criteria.DateRange);
    }

    private static DateRange? Resolve(string column, string name, string zone, string now) =>
        CriteriaCheck.Settle(
            Shop.Dataset, new() { DateRange = new(column, Relative: name), TimeZone = zone }, Instant(now),
            (field, said) => Assert.Fail($"{field}: {said}"))!.DateRange;

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
