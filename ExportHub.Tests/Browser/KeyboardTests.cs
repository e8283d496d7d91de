using ExportHub.Access;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExportHub.Tests.Browser;

/// <summary>Somebody who has no mouse.</summary>
[Collection(BrowserTests.Name)]
public sealed class KeyboardTests(BrowserApp browser)
{
    /// <summary>More stops than any page has.</summary>
    private const int Patience = 150;

    [BrowserFact]
    public async Task With_the_keyboard_alone_somebody_signs_in_asks_for_a_file_and_takes_it()
    {
        await using var visitor = await browser.StrangerAsync();
        await visitor.GoAsync("/");
        await TypeAsync(visitor, visitor.Field("Name"), FirstAdministrator.Name);
        await TypeAsync(visitor, visitor.Field("Password"), TestApp.AdminPassword);
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Expect(visitor.Button("Sign out")).ToBeVisibleAsync();
        await PressAsync(visitor, visitor.Heading("Orders").GetByRole(AriaRole.Link), "Enter");

        await PressAsync(visitor, visitor.Button("None"), "Enter");
        await PressAsync(visitor, visitor.Field("Amount"), "Space");
        // The first letter chooses the column, and the filter takes the focus.
        await PressAsync(visitor, visitor.Field("Add a filter on"), "A");
        await Expect(visitor.Field("Condition for Amount")).ToBeFocusedAsync();
        await TypeAsync(visitor, visitor.Field("Value for Amount"), "12.5");
        await PressAsync(visitor, visitor.Page.GetByRole(AriaRole.Radio, new() { NameRegex = new("^Excel") }), "ArrowDown");
        await Expect(visitor.Page.GetByRole(AriaRole.Radio, new() { NameRegex = new("^CSV") })).ToBeCheckedAsync();
        await PressAsync(visitor, visitor.Button("Start export"), "Enter");

        await Expect(visitor.Heading("Your file is ready")).ToBeVisibleAsync();
        var download = await visitor.Page.RunAndWaitForDownloadAsync(() => PressAsync(visitor, visitor.Link("Download"), "Enter"));
        Assert.Equal("Amount\r\n12.50\r\n", await File.ReadAllTextAsync(await download.PathAsync()));
        Assert.Empty(visitor.Complaints);
    }

    [BrowserFact]
    public async Task With_the_keyboard_alone_a_finished_export_is_made_to_come_each_week()
    {
        var export = await browser.App.ExportAsync(new { dataset = "orders", format = "csv", limit = 3, timeZone = "Europe/Berlin" });
        await using var visitor = await browser.VisitAsync();
        await visitor.GoAsync($"/exports/{export.GetProperty("id").GetString()}");

        await PressAsync(visitor, visitor.Link("Schedule"), "Enter");
        await ReachAsync(visitor, visitor.Field("Name of the schedule"));
        await visitor.Page.Keyboard.PressAsync("Control+A");
        await visitor.Page.Keyboard.TypeAsync("Orders of the week");
        await PressAsync(visitor, visitor.Field("Days of each run"), "L");
        await PressAsync(visitor, visitor.Field("Monday"), "Space");
        await PressAsync(visitor, visitor.Field("Friday"), "Space");
        var line = visitor.Page.Locator("#preflight-line");
        await Expect(line).ToContainTextAsync("Every Friday at 06:30, Europe/Berlin time.");
        var runs = visitor.Page.Locator("#next-runs li");
        await Expect(runs).ToHaveCountAsync(5);
        var foreseen = await runs.AllTextContentsAsync();
        Assert.All(foreseen, run => Assert.StartsWith("Fri", run.Trim(), StringComparison.Ordinal));
        await PressAsync(visitor, visitor.Button("Save schedule"), "Enter");

        await Expect(visitor.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/schedules/[0-9a-f-]{36}$"));
        await visitor.GoAsync(visitor.Page.Url + "/edit");
        await Expect(visitor.Field("Name of the schedule")).ToHaveValueAsync("Orders of the week");
        await Expect(visitor.Field("Days of each run")).ToHaveValueAsync("last_7_days");
        Assert.Equal(foreseen, await runs.AllTextContentsAsync());
    }

    private static async Task TypeAsync(Visitor visitor, ILocator field, string text)
    {
        await ReachAsync(visitor, field);
        await visitor.Page.Keyboard.TypeAsync(text);
    }

    private static async Task PressAsync(Visitor visitor, ILocator target, string key)
    {
        await ReachAsync(visitor, target);
        await visitor.Page.Keyboard.PressAsync(key);
    }

    /// <summary>By the tabulator, onwards from where the focus is, to where it can be seen.</summary>
    private static async Task ReachAsync(Visitor visitor, ILocator target)
    {
        for (var stops = 0; !await target.EvaluateAsync<bool>("element => element === document.activeElement"); stops++)
        {
            Assert.True(stops < Patience, $"The tabulator never comes to {target}.");
            await visitor.Page.Keyboard.PressAsync("Tab");
        }

        await Expect(target).ToBeInViewportAsync();
        Assert.True(await target.EvaluateAsync<bool>("element => element.matches(':focus-visible')"));
    }
}
