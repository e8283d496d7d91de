using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExportHub.Tests.Browser;

/// <summary>How the status page follows an export.</summary>
[Collection(BrowserTests.Name)]
public sealed class FollowingTests(BrowserApp browser)
{
    private const int LongTime = 600_000;

    [BrowserFact]
    public async Task The_page_asks_only_what_it_was_told_to_ask_next_and_only_after_the_time_it_was_told()
    {
        var export = await StagedExport.QueuedAsync(browser.App);
        await export.CountingAsync(rows: 0);
        await using var page = await FollowedPage.OpenAsync(browser, export);
        List<string> expected = ["wait 500", $"ask /api/exports/{export.Id}?poll=1"];

        for (var n = 1; n <= 4; n++)
        {
            var wait = await page.WaitAsync(n);
            await page.PassAsync(wait - 5);
            Assert.Equal(n - 1, await page.AskedAsync());
            // Something must have changed, or the answer is only that nothing did.
            await export.CountingAsync(rows: n);
            var poll = (await page.AskAsync(5)).GetProperty("poll");
            // Told in seconds with two decimals: x + n ln 2.
            Assert.Equal(Math.Round(0.5 + (n * Math.Log(2)), 2), poll.GetProperty("afterSeconds").GetDouble());
            Assert.Equal(poll.GetProperty("afterSeconds").GetDouble() * 1000, await page.WaitAsync(n + 1), tolerance: 0.01);
            expected.Add(FormattableString.Invariant($"wait {poll.GetProperty("afterSeconds").GetDouble() * 1000}"));
            expected.Add($"ask {poll.GetProperty("next").GetString()}");
        }

        Assert.Equal(expected.SkipLast(1), await page.RecordAsync());
    }

    [BrowserFact]
    public async Task The_page_follows_by_itself_from_waiting_over_running_to_the_file_and_then_asks_no_more()
    {
        var export = await StagedExport.QueuedAsync(browser.App);
        await using var page = await FollowedPage.OpenAsync(browser, export);
        await Expect(page.Page).ToHaveTitleAsync("Waiting – Orders – ExportHub");

        await export.RunningAsync(rows: 103_000, total: 412_000);
        await page.AskAsync(await page.WaitAsync(1));
        await Expect(page.Visitor.Heading("Writing the file")).ToBeVisibleAsync();
        await Expect(page.Panel).ToContainTextAsync("25 %");
        await Expect(page.Panel).ToContainTextAsync("103,000 of about 412,000 rows, 5.2 MB, about a minute left");
        await Expect(page.Live).ToHaveTextAsync("Writing the file");

        await export.RunningAsync(rows: 206_000, total: 412_000);
        await page.AskAsync(await page.WaitAsync(2));
        await Expect(page.Panel).ToContainTextAsync("50 %");
        await Expect(page.Page).ToHaveTitleAsync("50 % – Orders – ExportHub");

        // The estimate was too low: the bar stands, it does not go back.
        await export.RunningAsync(rows: 210_000, total: 1_000_000);
        await page.AskAsync(await page.WaitAsync(3));
        await Expect(page.Panel).ToContainTextAsync("210,000 of about 1,000,000 rows");
        await Expect(page.Panel.GetByRole(AriaRole.Progressbar)).ToHaveJSPropertyAsync("value", 50);

        await export.CompletedAsync();
        await page.AskAsync(await page.WaitAsync(4));
        await Expect(page.Visitor.Link("Download")).ToBeVisibleAsync();
        await Expect(page.Page).ToHaveTitleAsync("Ready – Orders – ExportHub");
        await Expect(page.Live).ToHaveTextAsync("Your file is ready");
        await Expect(page.Page.Locator("#cancel")).ToHaveCountAsync(0);

        await page.PassAsync(LongTime);
        Assert.Equal(4, await page.AskedAsync());
        Assert.Empty(page.Visitor.Complaints);
    }

    [BrowserFact]
    public async Task A_lost_connection_is_told_tried_again_at_growing_distances_and_its_return_is_told_too()
    {
        var export = await StagedExport.QueuedAsync(browser.App);
        await using var page = await FollowedPage.OpenAsync(browser, export);
        await page.Page.RouteAsync("**/api/**", route => route.AbortAsync("connectionfailed"));

        await page.PassAsync(await page.WaitAsync(1));
        await Expect(page.Connection).ToHaveTextAsync("Connection lost, trying again in 2 seconds. The export goes on meanwhile.");
        await Expect(page.Live).ToHaveTextAsync("Connection lost. The export goes on meanwhile.");
        await Expect(page.Visitor.Heading("Waiting for its turn")).ToBeVisibleAsync();
        await page.PassAsync(1000);
        await Expect(page.Connection).ToContainTextAsync("in 1 second.");
        await page.PassAsync(1000);
        await Expect(page.Connection).ToContainTextAsync("in 4 seconds");
        Assert.Equal(4000, await page.WaitAsync(3));

        await page.Page.UnrouteAllAsync();
        await export.CompletedAsync();
        await page.PassAsync(4000);
        await Expect(page.Visitor.Heading("Your file is ready")).ToBeVisibleAsync();
        await Expect(page.Connection).ToBeHiddenAsync();
    }

    [BrowserFact]
    public async Task A_server_that_is_busy_is_asked_again_when_it_says()
    {
        var export = await StagedExport.QueuedAsync(browser.App);
        await using var page = await FollowedPage.OpenAsync(browser, export);
        await page.Page.RouteAsync("**/api/**", route => route.FulfillAsync(new() { Status = 503, Headers = [new("Retry-After", "17")] }));

        await page.PassAsync(await page.WaitAsync(1));

        Assert.Equal(17_000, await page.WaitAsync(2));
        await Expect(page.Connection).ToContainTextAsync("in 17 seconds");
    }

    [BrowserFact]
    public async Task A_connection_lost_while_the_page_draws_the_file_brings_the_file_when_it_is_back()
    {
        var export = await StagedExport.QueuedAsync(browser.App);
        await using var page = await FollowedPage.OpenAsync(browser, export);
        await page.Page.RouteAsync($"**{export.Address}", route => route.AbortAsync("connectionfailed"));
        await export.CompletedAsync();
        await page.PassAsync(await page.WaitAsync(1));
        await Expect(page.Connection).ToBeVisibleAsync();

        await page.Page.UnrouteAllAsync();
        await page.PassAsync(await page.WaitAsync(2));

        await Expect(page.Visitor.Link("Download")).ToBeVisibleAsync();
        await Expect(page.Connection).ToBeHiddenAsync();
    }

    [BrowserFact]
    public async Task An_unchanged_export_is_answered_briefly_and_followed_on()
    {
        var export = await StagedExport.QueuedAsync(browser.App);
        await using var page = await FollowedPage.OpenAsync(browser, export);
        await page.AskAsync(await page.WaitAsync(1));

        for (var n = 2; n <= 3; n++)
        {
            var wait = await page.WaitAsync(n);
            await page.Page.RunAndWaitForResponseAsync(() => page.PassAsync(wait), "**/api/**");
            Assert.InRange(await page.WaitAsync(n + 1), 1000, 4000);
        }

        Assert.Equal(
            [1, 2, 3],
            from entry in await page.RecordAsync()
            where entry.StartsWith("ask", StringComparison.Ordinal)
            select int.Parse(entry.Split('=')[1], System.Globalization.CultureInfo.InvariantCulture));
    }

    [BrowserFact]
    public async Task Who_is_on_a_button_or_a_link_stays_there_when_the_page_changes()
    {
        var export = await StagedExport.QueuedAsync(browser.App);
        await using var page = await FollowedPage.OpenAsync(browser, export);

        await page.Visitor.Link("Edit and run again").FocusAsync();
        await export.RunningAsync(rows: 1, total: 100);
        await page.PassAsync(await page.WaitAsync(1));
        await Expect(page.Visitor.Heading("Writing the file")).ToBeVisibleAsync();
        await Expect(page.Visitor.Link("Edit and run again")).ToBeFocusedAsync();

        await page.Visitor.Button("Cancel export").FocusAsync();
        await export.CompletedAsync();
        await page.PassAsync(await page.WaitAsync(2));
        await Expect(page.Visitor.Heading("Your file is ready")).ToBeVisibleAsync();
        await Expect(page.Visitor.Heading("Orders")).ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task A_new_attempt_begins_its_bar_anew_and_says_why()
    {
        var export = await StagedExport.QueuedAsync(browser.App);
        await export.RunningAsync(rows: 80, total: 100);
        await using var page = await FollowedPage.OpenAsync(browser, export);
        await Expect(page.Panel).ToContainTextAsync("80 %");

        await export.RunningAsync(rows: 3, total: 100, attempt: 2);
        await page.PassAsync(await page.WaitAsync(1));

        await Expect(page.Panel).ToContainTextAsync("This is attempt 2");
        await Expect(page.Panel.GetByRole(AriaRole.Progressbar)).ToHaveJSPropertyAsync("value", 3);
    }

    [BrowserFact]
    public async Task A_failed_export_says_why_and_Try_again_brings_its_file()
    {
        var export = await StagedExport.QueuedAsync(browser.App);
        await export.FailedAsync("The database closed the connection three times.");
        await using var visitor = await browser.VisitAsync();
        await visitor.GoAsync(export.Address);
        await Expect(visitor.Page.Locator("#export")).ToContainTextAsync("The database closed the connection three times.");

        await visitor.Button("Try again").ClickAsync();

        await Expect(visitor.Heading("Your file is ready")).ToBeVisibleAsync();
        await Expect(visitor.Page.Locator("#export")).ToContainTextAsync("1,000 rows");
    }

    [BrowserFact]
    public async Task A_real_export_shows_its_progress_is_canceled_and_started_again()
    {
        await using var visitor = await browser.VisitAsync();
        await visitor.GoAsync("/request/endless");
        await visitor.Button("Start export").ClickAsync();
        await Expect(visitor.Heading("Writing the file")).ToBeVisibleAsync();
        await Expect(visitor.Page.Locator("[data-detail]")).ToHaveTextAsync(new Regex(@"^[1-9][\d,]{3,} (of .+ )?rows, .* MB"));

        await visitor.Button("Cancel export").ClickAsync();
        await Expect(visitor.Heading("The export was canceled")).ToBeVisibleAsync();

        await visitor.Button("Try again").ClickAsync();
        await Expect(visitor.Heading("Writing the file")).ToBeVisibleAsync();
        await visitor.Button("Cancel export").ClickAsync();
        await Expect(visitor.Heading("The export was canceled")).ToBeVisibleAsync();
        Assert.Empty(visitor.Complaints);
    }
}
