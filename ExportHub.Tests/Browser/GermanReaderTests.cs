using System.Globalization;
using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace ExportHub.Tests.Browser;

/// <summary>What scripts say, and how somebody changes the language.</summary>
[Collection(BrowserTests.Name)]
public sealed partial class GermanReaderTests(BrowserApp browser)
{
    [BrowserFact]
    public async Task Scripts_speak_the_language_of_the_page()
    {
        var export = await StagedExport.QueuedAsync(browser.App);
        await export.RunningAsync(rows: 1_234_567, total: 9_999_999);
        await using var reader = await browser.VisitAsync(options => options.Locale = "de-DE");

        await reader.GoAsync("/admin/operations");

        await Expect(reader.Page.Locator("#zone")).ToHaveTextAsync("Zeiten in der eigenen Zeitzone, Europe/Berlin");
        await Expect(reader.Page.Locator("#updated")).ToHaveTextAsync(AsOf());
        await Expect(reader.Page.Locator($"[data-row='running/{export.Id}'] [data-figure=rows]")).ToHaveTextAsync("1.234.567");
        await reader.Button("Aktualisierung anhalten").ClickAsync();
        await Expect(reader.Button("Aktualisierung fortsetzen")).ToBeVisibleAsync();
        Assert.Empty(reader.Complaints);
    }

    [BrowserFact]
    public async Task The_language_is_chosen_at_the_foot_of_a_page_and_kept()
    {
        await using var reader = await browser.VisitAsync(options => options.Locale = "de-DE");
        await reader.GoAsync("/verify");

        await reader.Field("Sprache").SelectOptionAsync("en");
        reader.Language = CultureInfo.GetCultureInfo("en");
        await reader.Heading("Is this file as it was written?").WaitForAsync();
        await reader.GoAsync("/");

        await Expect(reader.Heading("Get your data as a file")).ToBeVisibleAsync();
        Assert.Empty(reader.Complaints);
    }

    [GeneratedRegex(@"^Stand \d\d:\d\d:\d\d$")]
    private static partial Regex AsOf();
}
