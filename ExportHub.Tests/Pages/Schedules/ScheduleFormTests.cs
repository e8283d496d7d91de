using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using ExportHub.Access;
using ExportHub.Schedules;
using Microsoft.Extensions.DependencyInjection;

namespace ExportHub.Tests.Pages.Schedules;

/// <summary>The way of a person who plans exports, without JavaScript.</summary>
public sealed class ScheduleFormTests : IAsyncLifetime
{
    private readonly TestApp app = new();

    public Task InitializeAsync() => app.InitializeAsync();

    public Task DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task What_an_export_asked_for_comes_by_itself_as_the_form_says()
    {
        var export = await app.ExportAsync(new { dataset = "orders", format = "csv", limit = 3, columns = new[] { "id", "amount" }, timeZone = "Asia/Tokyo" });
        var address = (await app.PageAsync($"/exports/{export.GetProperty("id")}")).QuerySelector("a#schedule")!.GetAttribute("href")!;
        var form = await FormAsync(address);

        var saved = await app.SendAsync(
            form, ("name", " Each Thursday "), ("period", "previous_month"), ("kind", "weekly"), ("weekdays", "thursday"), ("at", "07:15"), ("timeZone", "Europe/Berlin"), ("missed", "none"),
            ("noRows", null), ("factor", "2,5"), ("odd", "banner"), ("pauseAfter", "2"), ("mailOwner", null), ("keepDays", "9"), ("format", "jsonl"));

        var schedule = await SavedAsync(saved);
        Assert.Equal(("Each Thursday", FirstAdministrator.Name, "Europe/Berlin", MissedRuns.None), (schedule.Name, schedule.Owner, schedule.TimeZone, schedule.Missed));
        Assert.Equal((TimingKind.Weekly, "07:15"), (schedule.Timing.Kind, schedule.Timing.At));
        Assert.Equal(["thursday"], schedule.Timing.Weekdays!);
        Assert.Equal(new RunGuard { Empty = false, Factor = 2.5, Columns = true, Hold = false, PauseAfter = 2 }, schedule.Guard);
        Assert.Equal((false, TimeSpan.FromDays(9)), (schedule.Delivery.MailOwner, schedule.Retention));
        Assert.Equal(("previous_month", "ordered_at", "jsonl", 3L), (schedule.Request.DateRange!.Relative, schedule.Request.DateRange.Column, schedule.Request.Format, schedule.Request.Limit));
        Assert.Equal(["id", "amount"], schedule.Request.Columns!);
        Assert.Equal(DayOfWeek.Thursday, TimeZoneInfo.ConvertTime(schedule.NextAt!.Value, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")).DayOfWeek);
    }

    [Fact]
    public async Task What_is_wrong_is_said_at_its_field_and_nothing_is_lost()
    {
        var form = await NewAsync();

        var page = await (await app.SendAsync(
            form, ("name", ""), ("kind", "cron"), ("cron", "* * * * *"), ("timeZone", "Mars/Olympus"), ("factor", "lots"), ("pauseAfter", "0"), ("keepDays", "ever"),
            ("mailTo", "nobody\nanna@example.com"), ("targets", "gone"), ("odd", "banner"), ("noRows", null))).HtmlAsync();

        Assert.Equal(
            ["#name", "#cron", "#time-zone", "#mail-to", "#targets", "#factor", "#pause-after", "#keep-days"],
            page.QuerySelectorAll("#error-summary a").Select(link => link.GetAttribute("href")!).Distinct());
        Assert.All(
            page.QuerySelectorAll("#error-summary a"),
            link => Assert.Contains(link.TextContent, page.QuerySelector(link.GetAttribute("href") + "-error")!.TextContent, StringComparison.Ordinal));
        Assert.Equal("cron-error cron-hint", page.QuerySelector("#cron")!.GetAttribute("aria-describedby"));
        Assert.True(page.QuerySelector("details")!.HasAttribute("open"));
        var sent = Form.Fields(page.QuerySelector<IHtmlFormElement>("main form")!).ToLookup(field => field.Key, field => field.Value);
        Assert.Equal(
            ["", "cron", "* * * * *", "Mars/Olympus", "lots", "0", "ever", "nobody\nanna@example.com", "gone", "banner"],
            new[] { "name", "kind", "cron", "timeZone", "factor", "pauseAfter", "keepDays", "mailTo", "targets", "odd" }.Select(name => sent[name].Single()));
        Assert.Empty(sent["noRows"]);
        Assert.Equal(0, await app.Database.CountAsync("SELECT count(*) FROM exporthub.schedule"));
    }

    [Fact]
    public async Task Fixed_dates_are_pointed_out_and_a_period_that_moves_is_taken_instead()
    {
        var today = DateOnly.FromDateTime(app.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
        var first = new DateOnly(today.Year, today.Month, 1);
        var export = await app.PostAsync(new { dataset = "orders", format = "csv", dateRange = new { from = $"{first.AddMonths(-1):yyyy-MM-dd}", to = $"{first:yyyy-MM-dd}" } });
        var page = await app.PageAsync($"/schedules/new?export={export}");

        Assert.Contains("The dates are fixed", page.QuerySelector("#fixed-days")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Previous month", page.QuerySelector("#fixed-days")!.TextContent, StringComparison.Ordinal);
        Assert.All(page.QuerySelectorAll("#next-runs li"), run => Assert.Contains("for the same days each time", run.TextContent, StringComparison.Ordinal));
        var form = page.QuerySelector<IHtmlFormElement>("main form")!;
        Assert.Equal("fixed", form.QuerySelector<IHtmlSelectElement>("#period")!.Value);
        var kept = await SavedAsync(await app.SendAsync(form, ("name", "kept")));
        var moving = await SavedAsync(await app.SendAsync(form, ("name", "moving"), ("period", "previous_month")));

        Assert.Equal((null, true), (kept.Request.DateRange!.Relative, kept.Request.DateRange.From is not null));
        Assert.Equal(("previous_month", null), (moving.Request.DateRange!.Relative, moving.Request.DateRange.From));
    }

    [Fact]
    public async Task The_next_five_runs_stand_beside_the_form_with_their_days_and_offsets()
    {
        var form = await NewAsync();
        (string, string?)[] filled = [("name", ""), ("period", "yesterday"), ("kind", "daily"), ("at", "06:30"), ("timeZone", "Asia/Kolkata")];

        form.SetAttribute("action", "/schedules/runs");
        var alone = await (await app.SendAsync(form, filled)).HtmlAsync();
        form.SetAttribute("action", "/schedules/new");
        var shown = await (await app.SendAsync(form, [.. filled, ("act", "runs")])).HtmlAsync();

        var runs = alone.QuerySelectorAll("#next-runs li");
        Assert.Equal(5, runs.Length);
        Assert.Equal(runs.Select(run => run.TextContent), shown.QuerySelectorAll("#next-runs li").Select(run => run.TextContent));
        Assert.Null(shown.QuerySelector("#error-summary"));
        Assert.All(runs, run =>
        {
            var at = DateTimeOffset.Parse(run.QuerySelector("time")!.GetAttribute("datetime")!, System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal((new TimeSpan(6, 30, 0), new TimeSpan(5, 30, 0)), (at.TimeOfDay, at.Offset));
            Assert.Contains("UTC+05:30", run.TextContent, StringComparison.Ordinal);
            Assert.Contains($"for {at.AddDays(-1):d MMM yyyy}", run.TextContent, StringComparison.Ordinal);
        });
        Assert.StartsWith("Every day at 06:30, Asia/Kolkata time. First on ", alone.QuerySelector("[data-line]")!.GetAttribute("data-line"), StringComparison.Ordinal);

        form.SetAttribute("action", "/schedules/runs");
        var unfinished = await (await app.SendAsync(form, ("kind", "weekly"), ("weekdays", null))).HtmlAsync();
        Assert.Equal("Choose at least one day of the week, from monday to sunday.", unfinished.QuerySelector(".hint")!.TextContent);
    }

    [Fact]
    public async Task What_was_saved_is_in_the_form_again_and_stays_where_nothing_is_changed()
    {
        var schedule = await SavedAsync(await app.SendAsync(
            await NewAsync(), ("kind", "monthly"), ("day", "31"), ("at", "23:59"), ("timeZone", "America/New_York"), ("missed", "all"), ("factor", ""), ("otherColumns", null), ("attach", "true"),
            ("keepDays", "30"), ("period", "this_quarter")));

        var form = await FormAsync($"/schedules/{schedule.Id}/edit");
        var same = await SavedAsync(await app.SendAsync(form));
        var renamed = await SavedAsync(await app.SendAsync(form, ("name", "Another name"), ("day", "1")));

        Assert.Equal(Said(schedule), Said(same));
        Assert.Equal(("Another name", 1), (renamed.Name, renamed.Timing.Day));
        Assert.Equal(Said(schedule), Said(renamed with { Name = schedule.Name, Timing = schedule.Timing, NextAt = schedule.NextAt }));
        var wrong = await (await app.SendAsync(form, ("name", ""))).HtmlAsync();
        Assert.Equal("#name", wrong.QuerySelector("#error-summary a")!.GetAttribute("href"));
        Assert.Equal(HttpStatusCode.NotFound, (await app.Client.GetAsync(new Uri($"/schedules/{Guid.NewGuid()}/edit", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task A_template_is_named_as_long_as_the_schedule_says_the_same()
    {
        var answer = await app.Client.PostAsJsonAsync("/api/templates", new { name = "monthly", request = new { dataset = "orders", format = "csv", dateRange = new { relative = "previous_month" } } });
        var id = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        var address = (await app.PageAsync($"/templates/{id}")).QuerySelector("a#schedule")!.GetAttribute("href")!;
        var form = await FormAsync(address);
        Assert.Equal("monthly", form.QuerySelector<IHtmlInputElement>("#name")!.Value);

        var same = await SavedAsync(await app.SendAsync(form));
        var other = await SavedAsync(await app.SendAsync(form, ("name", "other days"), ("period", "this_year")));

        Assert.Equal((id, 1, "previous_month"), (same.TemplateId, same.TemplateVersion, same.Request.DateRange!.Relative));
        Assert.Equal((null, "this_year"), (other.TemplateId, other.Request.DateRange!.Relative));
        var edited = await SavedAsync(await app.SendAsync(await FormAsync($"/schedules/{same.Id}/edit"), ("at", "01:00")));
        Assert.Equal((id, 1, "01:00"), (edited.TemplateId, edited.TemplateVersion, edited.Timing.At));
    }

    [Fact]
    public async Task The_form_of_a_dataset_leads_on_with_all_that_was_chosen_there()
    {
        var request = await FormAsync("/request/orders?filter=id eq 7");
        var wrong = await (await app.SendAsync(request, ("limit", "many"), ("act", "schedule"))).HtmlAsync();
        Assert.Equal("#limit", wrong.QuerySelector("#error-summary a")!.GetAttribute("href"));

        var led = await app.SendAsync(request, ("limit", "5"), ("act", "schedule"));
        Assert.Equal((HttpStatusCode.TemporaryRedirect, "/schedules/new?handler=begin&dataset=orders"), (led.StatusCode, led.Headers.Location!.ToString()));
        request.SetAttribute("action", led.Headers.Location.ToString());
        var page = await (await app.SendAsync(request, ("limit", "5"), ("act", "schedule"))).HtmlAsync();

        Assert.Contains("Id is 7", page.QuerySelector(".words")!.TextContent, StringComparison.Ordinal);
        var schedule = await SavedAsync(await app.SendAsync(page.QuerySelector<IHtmlFormElement>("main form")!));
        Assert.Equal((5L, "id", "eq"), (schedule.Request.Limit, schedule.Request.Filters![0].Column, schedule.Request.Filters[0].Op));
    }

    [Fact]
    public async Task Criteria_that_no_form_has_shown_are_judged_like_any_others()
    {
        var form = await NewAsync();

        var nonsense = await (await app.SendAsync(form, ("criteria", "{ no json"))).HtmlAsync();
        var foreign = await (await app.SendAsync(form, ("criteria", """{ "dataset": "orders", "format": "csv", "columns": ["secret"] }"""))).HtmlAsync();
        var nowhere = await (await app.SendAsync(form, ("criteria", """{ "dataset": "nowhere" }"""))).HtmlAsync();
        var empty = await app.PageAsync("/schedules/new");

        Assert.Contains("nothing can be planned", nonsense.QuerySelector(".notice.warn")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("nothing can be planned", nowhere.QuerySelector(".notice.warn")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("#what", foreign.QuerySelector("#error-summary a")!.GetAttribute("href"));
        Assert.NotNull(empty.QuerySelector("main a.primary[href='/']"));
        Assert.Equal(0, await app.Database.CountAsync("SELECT count(*) FROM exporthub.schedule"));
    }

    /// <summary>As a text, because lists in records are compared by reference.</summary>
    private static string Said(Schedule schedule) => JsonSerializer.Serialize(
        new { schedule.Name, schedule.Request, schedule.Timing, schedule.TimeZone, schedule.Missed, schedule.Guard, schedule.Delivery, schedule.Retention, schedule.TemplateId, schedule.NextAt });

    private async Task<IHtmlFormElement> NewAsync() => await FormAsync($"/schedules/new?export={await app.PostAsync(new { dataset = "orders", format = "csv", limit = 3 })}");

    private async Task<IHtmlFormElement> FormAsync(string address) => (await app.PageAsync(address)).QuerySelector<IHtmlFormElement>("main form")!;

    private async Task<Schedule> SavedAsync(HttpResponseMessage answer)
    {
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, (await answer.HtmlAsync()).QuerySelector("main")?.TextContent);
        var id = Guid.Parse(answer.Headers.Location!.ToString().Split('/')[^1]);
        return (await app.Services.GetRequiredService<ScheduleStore>().FindAsync(id, CancellationToken.None))!;
    }
}
