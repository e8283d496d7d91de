using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using ExportHub.Tests.Access;

namespace ExportHub.Tests.Pages.Schedules;

/// <summary>What a person does with a schedule, without JavaScript.</summary>
public sealed class SchedulePageTests(AccessApp people) : IClassFixture<AccessApp>
{
    private TestApp App => people.App;

    [Fact]
    public async Task The_days_of_a_run_now_are_said_before_and_after_it()
    {
        var schedule = await StagedSchedule.AddAsync(App, "run");
        var page = await App.PageAsync(schedule.Address);
        var before = page.QuerySelector("#now")!.TextContent;

        var done = Done(await FollowAsync(await PressAsync(page, "run")));

        Assert.StartsWith("A run now exports 1 ", before, StringComparison.Ordinal);
        Assert.Equal($"A run was started. It exports {before["A run now exports ".Length..before.IndexOf(',', StringComparison.Ordinal)]}.", done);
        Assert.Equal(1, await App.Database.CountAsync($"SELECT count(*) FROM exporthub.occurrence WHERE schedule_id = '{schedule.Id}' AND origin = 'now' AND asked_by = 'admin'"));
        Assert.Equal(5, page.QuerySelectorAll("section[aria-labelledby=next] li").Length);
    }

    [Fact]
    public async Task It_is_paused_for_a_reason_and_resumed()
    {
        var schedule = await StagedSchedule.AddAsync(App, "pause");

        var paused = await FollowAsync(await PressAsync(await App.PageAsync(schedule.Address), "pause", ("reason", "The shop moves.")));
        var resumed = await FollowAsync(await PressAsync(paused, "resume"));

        Assert.Contains("Paused by admin", paused.QuerySelector("#paused")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Reason: The shop moves.", paused.QuerySelector("#paused")!.TextContent, StringComparison.Ordinal);
        Assert.Null(resumed.QuerySelector("#paused"));
        Assert.NotNull(Button(resumed, "pause"));
    }

    [Fact]
    public async Task A_held_run_says_why_and_is_delivered_or_not()
    {
        var schedule = await StagedSchedule.AddAsync(App, "held");
        var one = await schedule.RunAsync("2026-03-01T05:30Z", "held", "The file has no rows.");
        var other = await schedule.RunAsync("2026-03-02T05:30Z", "held", "The file has no rows.");
        var page = await App.PageAsync(schedule.Address);

        var delivered = Done(await FollowAsync(await PressAsync(page, "deliver", ("occurrence", one.ToString()))));
        var form = Button(page, "deliver")!;
        form.SetAttribute("action", page.QuerySelector("button[formaction]")!.GetAttribute("formaction")!);
        var dropped = await FollowAsync(await App.SendAsync(form, ("occurrence", other.ToString())));
        var again = await (await App.SendAsync(form, ("occurrence", other.ToString()))).HtmlAsync();

        Assert.Contains("2 runs are held", page.QuerySelector("#held")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("The file has no rows.", page.QuerySelector("tbody tr")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("The run is delivered.", delivered);
        Assert.Equal("The run is not delivered. Its file stays with the export.", Done(dropped));
        Assert.Equal(["Not delivered", "Ready"], dropped.QuerySelectorAll("tbody .badge").Select(badge => badge.TextContent));
        Assert.Contains("not held any more", again.QuerySelector("#error-summary")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Past_runs_are_counted_before_they_are_made()
    {
        var schedule = await StagedSchedule.AddAsync(App, "past");
        // Its plan says when; the run that went well is left alone.
        await schedule.RunAsync("2026-03-02T05:30Z", "completed");

        var counted = await App.PageAsync($"{schedule.Address}?from=2026-03-01&to=2026-03-03");
        var made = await FollowAsync(await PressAsync(counted, "backfill"));
        var wrong = await (await PressAsync(counted, "backfill", ("to", "2026-02-01"))).HtmlAsync();

        Assert.Equal("In this span the schedule was due 3 times.", counted.QuerySelector("#how-many")!.TextContent);
        Assert.Equal("2 past runs are made. They stand in the list of runs.", Done(made));
        Assert.Equal("#past-to", wrong.QuerySelector("#error-summary a")!.GetAttribute("href"));
        Assert.Null((await App.PageAsync($"{schedule.Address}?from=2020-01-01&to=2026-03-03")).QuerySelector("form[action$='handler=backfill']"));
    }

    [Fact]
    public async Task It_is_given_to_somebody_who_did_not_see_it_before_and_deleted()
    {
        var schedule = await StagedSchedule.AddAsync(App, "given");
        var anna = await people.SignedInAsync("anna");
        var address = new Uri(schedule.Address, UriKind.Relative);
        Assert.Equal(HttpStatusCode.NotFound, (await anna.GetAsync(address)).StatusCode);
        var page = await App.PageAsync(schedule.Address);

        var nobody = await (await PressAsync(page, "give", ("owner", "nobody"))).HtmlAsync();
        var given = await FollowAsync(await PressAsync(page, "give", ("owner", "anna")));

        Assert.Equal("#owner", nobody.QuerySelector("#error-summary a")!.GetAttribute("href"));
        Assert.Equal("The schedule belongs to anna now and runs with the rights of its owner.", Done(given));
        var hers = await (await anna.GetAsync(address)).HtmlAsync();
        Assert.Null(Button(hers, "give"));
        Assert.NotNull(Button(hers, "delete"));
        var deleted = await PressAsync(given, "delete");
        Assert.Equal("/schedules?deleted", deleted.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.NotFound, (await anna.GetAsync(address)).StatusCode);
    }

    [Fact]
    public async Task The_export_names_the_schedule_that_made_it_to_those_who_may_see_that()
    {
        var schedule = await StagedSchedule.AddAsync(App, "made by");
        await schedule.RunAsync("2026-03-01T05:30Z", "completed");
        var export = (await App.PageAsync(schedule.Address)).QuerySelector("tbody td.what a")!.GetAttribute("href")!;

        var line = (await App.PageAsync(export)).QuerySelector("#made-by")!;
        await schedule.SetAsync("next_at = NULL, deleted_at = now()");
        var unnamed = (await App.PageAsync(export)).QuerySelector("#made-by")!;

        Assert.Equal("Made by the schedule made by for Sun 1 Mar 2026, 06:30 (Europe/Berlin).", Line(line));
        Assert.Equal(schedule.Address, line.QuerySelector("a")!.GetAttribute("href"));
        Assert.Equal("Made by a schedule for Sun 1 Mar 2026, 06:30 (Europe/Berlin).", Line(unnamed));
    }

    private Task<HttpResponseMessage> PressAsync(IHtmlDocument page, string handler, params (string Name, string? Value)[] fields) => App.SendAsync(Button(page, handler)!, fields);

    private Task<IHtmlDocument> FollowAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return App.PageAsync(answer.Headers.Location!.ToString());
    }

    private static IHtmlFormElement? Button(IHtmlDocument page, string handler) => page.QuerySelector<IHtmlFormElement>($"form[action$='handler={handler}']");

    private static string Done(IHtmlDocument page) => page.QuerySelector(".notice.good")!.TextContent.Trim();

    private static string Line(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
