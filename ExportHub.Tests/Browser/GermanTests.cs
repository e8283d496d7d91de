using System.Text.RegularExpressions;
using ExportHub.Access;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExportHub.Tests.Browser;

/// <summary>From the home page to the file, as somebody whose browser speaks German.</summary>
[Collection(BrowserTests.Name)]
public sealed partial class GermanTests(BrowserApp browser)
{
    /// <summary>What would be seen where a page forgot to translate.</summary>
    private static readonly string[] English =
    [
        "Start export", "Columns", "Filter on", "Dates", "Your export", "What will come", "rows", "Requested", "Record", "Receipt", "Download", "Your file", "History",
        "Times are in", "Sign out", "counted", "and ", "the ", "is paid",
    ];

    [BrowserFact]
    public async Task A_German_browser_is_spoken_to_in_German_from_the_home_page_to_the_file()
    {
        await using var reader = await browser.StrangerAsync(options => options.Locale = "de-DE");
        await reader.GoAsync("/");
        await reader.SignInAsync(FirstAdministrator.Name, TestApp.AdminPassword);
        await ReadsGermanAsync(reader);

        await reader.Page.GetByRole(AriaRole.Heading, new() { Name = "Orders", Exact = true }).GetByRole(AriaRole.Link).ClickAsync();
        await reader.Field("Filter hinzufügen für").SelectOptionAsync("Status");
        await reader.Field("Wert für Status").SelectOptionAsync("paid");
        await reader.Field("Von – bis").CheckAsync();
        await reader.Field("Erster Tag").FillAsync("2026-01-02");
        await reader.Field("Letzter Tag").FillAsync("2026-01-10");
        await reader.Field("Höchstens so viele Zeilen").FillAsync("250000");
        await Expect(reader.Page.Locator("[data-fact=rows]")).ToHaveTextAsync("Höchstens 250.000 Zeilen");
        await Expect(reader.Page.Locator("#preflight .sample")).ToBeVisibleAsync();
        await ReadsGermanAsync(reader);
        await reader.Button("Export starten").ClickAsync();

        await Expect(reader.Heading("Die Datei ist fertig")).ToBeVisibleAsync();
        await Expect(reader.Page).ToHaveTitleAsync("Fertig – Orders – ExportHub");
        await Expect(reader.Page.Locator("#asked + .words")).ToContainTextAsync("von 02.01.2026 bis vor 11.01.2026 (Europe/Berlin)");
        await Expect(reader.Page.Locator("#asked + .words")).ToContainTextAsync("Höchstens 250.000 Zeilen");
        await Expect(reader.Page.Locator("time").First).ToHaveTextAsync(LocalMoment());
        await ReadsGermanAsync(reader);
        var download = await reader.Page.RunAndWaitForDownloadAsync(() => reader.Link("Herunterladen").ClickAsync());
        Assert.Matches(@"^orders_.*\.xlsx$", download.SuggestedFilename);
        Assert.Empty(reader.Complaints);
    }

    private static async Task ReadsGermanAsync(Visitor reader)
    {
        await Expect(reader.Page.Locator("html")).ToHaveAttributeAsync("lang", "de");
        var seen = await reader.Page.Locator("body").InnerTextAsync();

        Assert.All(English, words => Assert.DoesNotMatch($@"\b{words}\b", seen));
    }

    [GeneratedRegex(@"^\d\d\.\d\d\.\d{4}, \d\d:\d\d( \(Europe/Berlin\))?$")]
    private static partial Regex LocalMoment();
}
