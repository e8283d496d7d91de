using ExportHub.Pages.Schedules;

namespace ExportHub.Tests.Pages.Schedules;

public sealed class CalendarTests(TestApp app) : IClassFixture<TestApp>
{
    [Theory]
    [InlineData("2026-11-01", 6, 6)]
    [InlineData("2027-02-01", 4, 0)]
    [InlineData("2028-02-01", 5, 1)]
    public void A_month_stands_in_weeks_from_Monday_on(string month, int weeks, int before)
    {
        var first = DateOnly.Parse(month, System.Globalization.CultureInfo.InvariantCulture);

        var shown = new MonthView(first, "UTC", first, []).Weeks.ToList();

        Assert.Equal(weeks, shown.Count);
        Assert.All(shown, week => Assert.Equal(7, week.Length));
        Assert.Equal(before, shown[0].TakeWhile(day => day is null).Count());
        Assert.Equal(Enumerable.Range(0, DateTime.DaysInMonth(first.Year, first.Month)).Select(day => (DateOnly?)first.AddDays(day)), shown.SelectMany(week => week).Where(day => day is not null));
    }

    [Fact]
    public async Task The_calendar_shows_what_ran_what_was_missed_and_what_will_run_on_the_days_of_the_chosen_zone()
    {
        var schedule = await StagedSchedule.AddAsync(app, "calendar");
        await schedule.RunAsync("2026-03-31T22:30Z", "completed");
        await schedule.AddRunAsync("2026-04-02T04:30Z", "skipped", "It was missed.");
        await (await StagedSchedule.AddAsync(app, "resting")).SetAsync("next_at = NULL, paused_at = now()");

        var berlin = await app.PageAsync("/schedules/calendar?month=2026-04");
        var utc = await app.PageAsync("/schedules/calendar?month=2026-04&zone=UTC");
        var later = await app.PageAsync("/schedules/calendar?month=2090-05");
        var unread = await app.PageAsync("/schedules/calendar?month=2026-13&zone=Atlantis");

        Assert.Equal(["Wednesday, 1", "Thursday, 2"], berlin.QuerySelectorAll("td.full .day").Select(day => day.TextContent));
        Assert.Equal(["00:30 Ready", "06:30 Missed"], berlin.QuerySelectorAll("td.full .badge").Select(badge => badge.TextContent));
        Assert.Equal(["04:30 Missed"], utc.QuerySelectorAll("td.full .badge").Select(badge => badge.TextContent));
        Assert.Equal(Enumerable.Repeat("06:30 Planned", 31), later.QuerySelectorAll("td.full .badge").Select(badge => badge.TextContent));
        Assert.Equal("/schedules/calendar?month=2090-06&zone=Europe%2FBerlin", later.QuerySelector("a[rel=next]")!.GetAttribute("href"));
        Assert.Contains("Europe/Berlin", unread.QuerySelector(".lead")!.TextContent, StringComparison.Ordinal);
    }
}
