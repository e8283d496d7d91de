using static Microsoft.Playwright.Assertions;

namespace ExportHub.Tests.Browser;

/// <summary>How the operations page keeps itself current.</summary>
[Collection(BrowserTests.Name)]
public sealed class OperationsTests(BrowserApp browser)
{
    private const int Every = 5000;

    [BrowserFact]
    public async Task Figures_move_every_five_seconds_and_what_is_new_appears()
    {
        var export = await StagedExport.QueuedAsync(browser.App);
        await export.RunningAsync(rows: 1_111, total: 9_999);
        await using var page = await OpenAsync();
        var rows = page.Page.Locator($"[data-row='running/{export.Id}'] [data-figure=rows]");
        await Expect(rows).ToHaveTextAsync("1,111");

        await export.RunningAsync(rows: 2_222, total: 9_999);
        await page.AskAsync(await page.WaitAsync(1));
        await Expect(rows).ToHaveTextAsync("2,222");

        await export.CompletedAsync();
        await page.AskAsync(await page.WaitAsync(2));
        await Expect(rows).ToHaveCountAsync(0);
        Assert.Equal(Every, await page.WaitAsync(3));
        Assert.Empty(page.Visitor.Complaints);
    }

    [BrowserFact]
    public async Task Paused_or_hidden_it_asks_nothing()
    {
        await using var page = await OpenAsync();

        await page.Visitor.Button("Pause updates").ClickAsync();
        await page.PassAsync(20 * Every);
        Assert.Equal(0, await page.AskedAsync());
        await page.Page.RunAndWaitForResponseAsync(() => page.Visitor.Button("Resume updates").ClickAsync(), response => response.Url.Contains("/api/", StringComparison.Ordinal));

        await page.WaitAsync(2);
        await page.HideAsync(true);
        var asked = await page.AskedAsync();
        await page.PassAsync(20 * Every);
        Assert.Equal(asked, await page.AskedAsync());
        await page.Page.RunAndWaitForResponseAsync(() => page.HideAsync(false), response => response.Url.Contains("/api/", StringComparison.Ordinal));
    }

    [BrowserFact]
    public async Task A_half_typed_reason_survives_what_is_drawn_anew_around_it()
    {
        var export = await StagedExport.QueuedAsync(browser.App);
        await using var page = await OpenAsync($"?act=cancel&export={export.Id}");
        await page.Visitor.Field("Reason").FillAsync("It locks");

        var other = await StagedExport.QueuedAsync(browser.App, title: "Drawn anew");
        await other.RunningAsync(rows: 1, total: 2);
        await page.AskAsync(await page.WaitAsync(1));
        await Expect(page.Page.Locator($"#running-{other.Id}")).ToBeVisibleAsync();

        await Expect(page.Visitor.Field("Reason")).ToHaveValueAsync("It locks");
        await Expect(page.Visitor.Field("Reason")).ToBeFocusedAsync();
        await page.Visitor.Button("Cancel export").ClickAsync();
        await Expect(page.Page.Locator("[aria-labelledby=done] li").First).ToContainTextAsync("“It locks”");
        Assert.Equal("canceled", (await browser.App.StatusAsync(export.Id)).GetProperty("status").GetString());
    }

    [BrowserFact]
    public async Task A_lost_line_is_said_and_the_last_state_stays()
    {
        await using var page = await OpenAsync();
        await page.Page.RouteAsync("**/api/operations", route => route.AbortAsync());
        await page.PassAsync(await page.WaitAsync(1));
        await Expect(page.Connection).ToContainTextAsync("does not answer");
        await Expect(page.Page.Locator("#sentence")).ToBeVisibleAsync();

        await page.Page.UnrouteAsync("**/api/operations");
        await page.AskAsync(await page.WaitAsync(2));
        await Expect(page.Connection).ToBeHiddenAsync();
    }

    private Task<FollowedPage> OpenAsync(string query = "") => FollowedPage.OpenAsync(browser, "/admin/operations" + query);
}
