using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExportHub.Tests.Browser;

/// <summary>What the tab of the status page does, in front and hidden.</summary>
[Collection(BrowserTests.Name)]
public sealed class TabTests(BrowserApp browser)
{
    private const int LongTime = 600_000;

    [BrowserFact]
    public async Task The_tab_shows_the_progress_in_its_icon_and_the_page_draws_the_pace_with_its_figures()
    {
        var export = await StagedExport.QueuedAsync(browser.App);
        await export.RunningAsync(rows: 20_000, total: 412_000);
        await using var page = await FollowedPage.OpenAsync(browser, export);
        var icon = page.Page.Locator("link[rel=icon]");
        await Expect(icon).ToHaveAttributeAsync("href", new Regex("^data:image/svg.*dasharray%3D%224%20100%22"));
        await Expect(page.Panel.Locator("[data-rate]")).ToHaveTextAsync("About 1,000 rows a second");

        for (var n = 1; n <= 4; n++)
        {
            await export.RunningAsync(rows: 20_000 + (n * 80_000), total: 412_000);
            await page.AskAsync(await page.WaitAsync(n));
        }

        await Expect(icon).ToHaveAttributeAsync("href", new Regex("dasharray%3D%2282%20100%22"));
        await Expect(page.Panel.Locator(".pace polyline")).ToHaveCountAsync(1);
        await Expect(page.Panel.Locator(".pace svg")).ToHaveAttributeAsync("aria-hidden", "true");
        await Expect(page.Panel.Locator(".pace tr")).ToHaveCountAsync(3);
        // Who hears the page is not told again within ten seconds.
        await Expect(page.Live).ToHaveTextAsync("43 percent done");

        await export.CompletedAsync();
        await page.AskAsync(await page.WaitAsync(5));
        await Expect(icon).ToHaveAttributeAsync("href", new Regex("dasharray%3D%22100%20100%22"));
        Assert.Empty(page.Visitor.Complaints);
    }

    [BrowserFact]
    public async Task Who_wants_to_be_told_is_told_once_though_the_tab_is_hidden()
    {
        var export = await StagedExport.QueuedAsync(browser.App);
        await using var page = await FollowedPage.OpenAsync(browser, export);
        await page.Page.EvaluateAsync("""
            () => {
              window.told = [];
              window.Notification = class extends EventTarget {
                static permission = 'default';
                static async requestPermission() { return Notification.permission = 'granted'; }
                constructor(title, { body }) { super(); told.push(`${title}: ${body}`); }
              };
            }
            """);
        // Chromium without a screen has no notifications, so that the page finds these when it draws itself anew.
        await export.RunningAsync(rows: 1, total: 100);
        await page.PassAsync(await page.WaitAsync(1));
        await page.Visitor.Button("Tell me when it is ready").ClickAsync();
        await Expect(page.Live).ToContainTextAsync("You will be told");
        await Expect(page.Visitor.Button("Tell me when it is ready")).ToBeHiddenAsync();
        await page.HideAsync(true);
        await export.CompletedAsync();
        await page.PassAsync(await page.WaitAsync(2));

        await Expect(page.Visitor.Heading("Your file is ready")).ToBeVisibleAsync();
        Assert.Equal(["Your file is ready: Orders"], await page.Page.EvaluateAsync<string[]>("told"));
        await page.PassAsync(LongTime);
        Assert.Equal(2, await page.AskedAsync());
    }

    [BrowserFact]
    public async Task A_hidden_tab_asks_nothing_and_asks_once_when_it_is_seen_again()
    {
        var export = await StagedExport.QueuedAsync(browser.App);
        await using var page = await FollowedPage.OpenAsync(browser, export);
        await page.WaitAsync(1);

        await page.HideAsync(true);
        await page.PassAsync(LongTime);
        Assert.Equal(0, await page.AskedAsync());

        await page.HideAsync(false);
        await page.WaitAsync(2);
        Assert.Equal(1, await page.AskedAsync());
        Assert.EndsWith("?poll=1", (await page.RecordAsync())[1], StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task A_tab_hidden_while_it_asks_waits_until_it_is_seen()
    {
        var export = await StagedExport.QueuedAsync(browser.App);
        await using var page = await FollowedPage.OpenAsync(browser, export);
        var held = new TaskCompletionSource();
        await page.Page.RouteAsync("**/api/**", async route =>
        {
            await held.Task;
            await route.ContinueAsync();
        });
        await page.PassAsync(await page.WaitAsync(1));
        await page.HideAsync(true);
        await page.Page.RunAndWaitForResponseAsync(() => Task.Run(held.SetResult), "**/api/**");
        await page.PassAsync(LongTime);
        Assert.Equal(1, await page.AskedAsync());

        await page.HideAsync(false);
        await page.WaitAsync(2);
        Assert.Equal(2, await page.AskedAsync());
    }
}
