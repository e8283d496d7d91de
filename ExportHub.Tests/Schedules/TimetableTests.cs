using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ExportHub.Schedules;

namespace ExportHub.Tests.Schedules;

/// <summary>The next-time rule against a table that another program made: 10 zones, 5 years, each instant.</summary>
public sealed class TimetableTests
{
    public static TheoryData<string> Zones =>
    [
        "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca", "Asia/Tehran", "America/St_Johns",
        "Antarctica/Troll",
    ];

    [Theory]
    [MemberData(nameof(Zones))]
    public void Every_instant_of_five_years_is_as_in_the_table_of_another_program(string name)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(name);
        var cases = GoldenTable.Of(name);

        Assert.Equal(45, cases.Count);
        Assert.All(cases, one => Assert.True(one.HasRulesOf(zone), $"This machine has other rules for {name} in {one.Year} than the table was made with."));
        Assert.All(cases, one => Assert.Equal((one.Count, one.Hash, one.Near), one.Seen(new Timetable(Cron(one.Expression), zone))));
    }

    [Theory]
    [InlineData("30 2 * * *", "2026-03-29T03:00+02:00", "2026-03-30T02:30+02:00")]
    [InlineData("0 3 * * *", "2026-03-29T03:00+02:00", "2026-03-30T03:00+02:00")]
    [InlineData("30 2,3 * * *", "2026-03-29T03:00+02:00", "2026-03-29T03:30+02:00")]
    [InlineData("0,30 2,3 * * *", "2026-03-29T03:00+02:00", "2026-03-29T03:30+02:00")]
    public void A_time_that_spring_leaves_out_is_the_first_after_the_gap_and_never_twice(string cron, string first, string second) =>
        Assert.Equal([first, second], In(cron, "Europe/Berlin", "2026-03-29T00:30+01:00", 2));

    [Theory]
    [InlineData("30 2 * * *", "2026-10-25T02:30+02:00", "2026-10-26T02:30+01:00")]
    [InlineData("15,45 2 * * *", "2026-10-25T02:15+02:00", "2026-10-25T02:45+02:00", "2026-10-26T02:15+01:00")]
    [InlineData("30 * * * *", "2026-10-25T01:30+02:00", "2026-10-25T02:30+02:00", "2026-10-25T02:30+01:00", "2026-10-25T03:30+01:00")]
    [InlineData("*/30 2 * * *", "2026-10-25T02:00+02:00", "2026-10-25T02:30+02:00", "2026-10-25T02:00+01:00", "2026-10-25T02:30+01:00", "2026-10-26T02:00+01:00")]
    public void In_autumn_a_time_of_day_is_once_and_an_interval_in_both_hours(string cron, params string[] expected) =>
        Assert.Equal(expected, In(cron, "Europe/Berlin", "2026-10-25T00:45+02:00", expected.Length));

    [Fact]
    public void In_the_hour_that_is_shown_again_a_time_of_day_that_has_been_is_over() =>
        Assert.Equal(["2026-10-26T02:30+01:00"], In("30 2 * * *", "Europe/Berlin", "2026-10-25T02:05+01:00", 1));

    [Theory]
    [InlineData("0 0 13 * 5", "2026-02-06", "2026-02-13", "2026-02-20", "2026-02-27", "2026-03-06", "2026-03-13")]
    [InlineData("0 0 */10 * 5", "2026-05-01", "2026-07-31", "2026-08-21", "2026-09-11")]
    [InlineData("0 0 L * *", "2026-02-28", "2026-03-31", "2026-04-30")]
    [InlineData("0 0 L 2 *", "2026-02-28", "2027-02-28", "2028-02-29")]
    [InlineData("0 0 15,L * *", "2026-02-15", "2026-02-28", "2026-03-15")]
    [InlineData("0 0 31 * *", "2026-03-31", "2026-05-31", "2026-07-31")]
    [InlineData("0 0 29 FEB *", "2028-02-29", "2032-02-29")]
    [InlineData("0 0 * * SAT-SUN", "2026-02-07", "2026-02-08", "2026-02-14")]
    [InlineData("0 0 * * 7", "2026-02-08", "2026-02-15")]
    [InlineData("0 0 1 jan-mar/2 *", "2026-03-01", "2027-01-01")]
    public void Days_are_as_cron_has_them(string cron, params string[] days) =>
        Assert.Equal(days.Select(day => day + "T00:00+00:00"), In(cron, "UTC", "2026-02-05T00:00+00:00", days.Length));

    [Fact]
    public void A_leap_day_is_found_across_a_year_that_has_none() =>
        Assert.Equal(["2104-02-29T00:00+00:00"], In("0 0 29 2 *", "UTC", "2096-03-01T00:00+00:00", 1));

    [Theory]
    [InlineData("0 0 30 2 *")]
    [InlineData("0 0 31 4,6,9,11 *")]
    public void What_never_comes_is_found_out_and_ends(string cron)
    {
        var since = System.Diagnostics.Stopwatch.GetTimestamp();

        Assert.Null(new Timetable(Cron(cron), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")).Next(DateTimeOffset.UnixEpoch));
        Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(since), TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Theory]
    [InlineData("9900-01-01T00:00+00:00")]
    [InlineData("9999-12-31T23:59+00:00")]
    public void The_end_of_time_is_no_error(string after) =>
        Assert.Null(new Timetable(Cron("0 0 * * *"), TimeZoneInfo.Utc).Next(DateTimeOffset.Parse(after, CultureInfo.InvariantCulture)));

    private static TimeFields Cron(string text) => CronText.Read(text, sentence => Assert.Fail(sentence))!;

    private static IEnumerable<string> In(string cron, string zone, string after, int count) =>
        new Timetable(Cron(cron), TimeZoneInfo.FindSystemTimeZoneById(zone)).After(DateTimeOffset.Parse(after, CultureInfo.InvariantCulture)).Take(count)
            .Select(at => at.ToString("yyyy-MM-dd'T'HH:mmzzz", CultureInfo.InvariantCulture));
}

/// <summary>One expression in one zone and year.</summary>
/// <param name="Changes">Of the clocks: instant, offset before and after in minutes.</param>
/// <param name="Near">The instants around them.</param>
internal sealed record GoldenTable(string Zone, int Year, string Changes, string Expression, int Count, string Hash, string Near)
{
    public static IReadOnlyList<GoldenTable> Of(string zone)
    {
        var (name, year, changes) = ("", 0, "");
        var all = new List<GoldenTable>();
        foreach (var line in File.ReadLines(Path.Combine(Repository.Root, "ExportHub.Tests", "Schedules", "timetable.txt")))
        {
            switch (line.Split(' '))
            {
                case ["zone", var named, var given, .. var rest]:
                    (name, year, changes) = (named, int.Parse(given, CultureInfo.InvariantCulture), string.Join(' ', rest));
                    break;
                case ["all", var count, var hash, .. var cron]:
                    all.Add(new GoldenTable(name, year, changes, string.Join(' ', cron), int.Parse(count, CultureInfo.InvariantCulture), hash, ""));
                    break;
                case ["near", .. var near]:
                    all[^1] = all[^1] with { Near = string.Join(' ', near) };
                    break;
            }
        }

        return all.FindAll(one => one.Zone == zone);
    }

    public bool HasRulesOf(TimeZoneInfo zone) => Parts(Changes).All(change => change.Split('/') is [var at, var before, var after]
        && $"{zone.GetUtcOffset(Instant(at).AddMinutes(-1)).TotalMinutes}" == before && $"{zone.GetUtcOffset(Instant(at)).TotalMinutes}" == after);

    public (int Count, string Hash, string Near) Seen(Timetable timetable)
    {
        var (from, to) = (new DateTimeOffset(Year, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(Year + 1, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var all = timetable.After(from.AddTicks(-1)).TakeWhile(at => at < to).Select(at => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture)).ToList();
        var changes = Parts(Changes).Select(change => Instant(change.Split('/')[0])).ToList();
        var near = changes.Count == 0 ? [] : all.Where(at => changes.Exists(change => (Instant(at) - change).Duration() <= TimeSpan.FromHours(3)));
        return (all.Count, Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join('\n', all))))[..16], string.Join(' ', near));
    }

    private static string[] Parts(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static DateTime Instant(string text) => DateTime.ParseExact(text, "yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
