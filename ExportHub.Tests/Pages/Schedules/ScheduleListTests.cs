using AngleSharp.Dom;

namespace ExportHub.Tests.Pages.Schedules;

public sealed class ScheduleListTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task The_list_explains_itself_while_it_is_empty_and_then_says_when_each_runs_and_which_need_somebody()
    {
        var empty = await app.PageAsync("/schedules");
        Assert.Equal("/exports", empty.QuerySelector(".empty a")!.GetAttribute("href"));
        Assert.Null(empty.QuerySelector("#troubled"));

        await (await StagedSchedule.AddAsync(app, "A good one")).RunAsync("2026-03-01T05:30Z", "completed");
        await (await StagedSchedule.AddAsync(app, "B paused")).SetAsync("next_at = NULL, paused_at = now(), paused_reason = 'The shop moves.'");
        var held = await StagedSchedule.AddAsync(app, "C held");
        await held.RunAsync("2026-03-01T05:30Z", "held", "The file has no rows.");
        await held.RunAsync("2026-03-02T05:30Z", "completed");
        var page = await app.PageAsync("/schedules");

        var rows = page.QuerySelectorAll("tbody tr").Select(Line).ToList();
        Assert.Equal(3, rows.Count);
        Assert.StartsWith("C held Every day at 06:30, Europe/Berlin time", rows[0], StringComparison.Ordinal);
        Assert.Contains("1 run is held: decide", rows[0], StringComparison.Ordinal);
        Assert.Contains("Thu 1 Jan 2099, 06:30 Europe/Berlin, UTC+01:00", rows[1], StringComparison.Ordinal);
        Assert.Contains("Ready Sun 1 Mar 2026, 06:30", rows[1], StringComparison.Ordinal);
        Assert.Contains("Paused The shop moves. none yet", rows[2], StringComparison.Ordinal);
        Assert.Contains("One schedule needs you", page.QuerySelector("#troubled")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("page", page.QuerySelector(".site-nav a[href='/schedules']")!.GetAttribute("aria-current"));
    }

    private static string Line(IElement row) => string.Join(' ', row.Descendants<IText>().Select(text => text.Data.Trim()).Where(text => text.Length > 0));
}
