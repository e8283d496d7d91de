using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExportHub.Tests.Browser;

/// <summary>Whole ways through several pages, as different people go them.</summary>
[Collection(BrowserTests.Name)]
public sealed class JourneyTests(BrowserApp browser)
{
    [BrowserFact]
    public async Task What_a_reload_and_a_second_tab_show_is_the_same_export()
    {
        await using var visitor = await browser.VisitAsync();
        await visitor.GoAsync("/request/endless");
        await visitor.Button("Start export").ClickAsync();
        await Expect(visitor.Heading("Writing the file")).ToBeVisibleAsync();
        var address = visitor.Page.Url;

        await visitor.Page.ReloadAsync();
        await Expect(visitor.Heading("Writing the file")).ToBeVisibleAsync();
        var second = await visitor.Page.Context.NewPageAsync();
        await second.GotoAsync(address);
        await second.GetByRole(AriaRole.Button, new() { Name = "Cancel export" }).ClickAsync();

        await Expect(second.Locator("#export")).ToContainTextAsync("The export was canceled");
        await Expect(visitor.Heading("The export was canceled")).ToBeVisibleAsync();
        Assert.Equal(address, visitor.Page.Url);
        Assert.Single(visitor.Requests, request => request.Method == "POST" && !request.Url.EndsWith("/preview", StringComparison.Ordinal));
        Assert.Empty(visitor.Complaints);
    }

    [BrowserFact]
    public async Task An_expired_export_keeps_its_record_and_brings_a_new_file_when_it_is_run_again()
    {
        var expired = await StagedExport.QueuedAsync(browser.App);
        await expired.ExpiredAsync();
        await using var visitor = await browser.VisitAsync();
        await visitor.GoAsync(expired.Address);
        await Expect(visitor.Heading("The file has expired")).ToBeVisibleAsync();
        await Expect(visitor.Link("Download")).ToHaveCountAsync(0);

        await visitor.Button("Run again").ClickAsync();
        await Expect(visitor.Heading("Your file is ready")).ToBeVisibleAsync();
        var download = await visitor.Page.RunAndWaitForDownloadAsync(() => visitor.Link("Download").ClickAsync());

        Assert.EndsWith(".csv", download.SuggestedFilename, StringComparison.Ordinal);
        Assert.DoesNotContain($"{expired.Id}", visitor.Page.Url, StringComparison.Ordinal);
        await visitor.GoAsync("/exports?status=expired");
        await Expect(visitor.Page.Locator($"a[href='{expired.Address}']")).ToBeVisibleAsync();
        Assert.Empty(visitor.Complaints);
    }

    [BrowserFact]
    public async Task A_template_saved_from_the_form_is_made_the_default_and_fills_the_form_from_then_on()
    {
        await using var visitor = await browser.VisitAsync();
        await visitor.GoAsync("/request/letters");
        await visitor.Field("Id").UncheckAsync();
        await visitor.Field("At most this many rows").FillAsync("7");
        await visitor.Page.Locator("#template summary").ClickAsync();
        await visitor.Field("Name of the template").FillAsync("Seven letters");
        await visitor.Button("Save as a new template").ClickAsync();

        await visitor.Link("Seven letters").ClickAsync();
        await visitor.Button("Make it my default").ClickAsync();
        await Expect(visitor.Button("No longer my default")).ToBeVisibleAsync();
        await visitor.GoAsync("/request/letters");

        await Expect(visitor.Page.Locator("#template-used")).ToContainTextAsync("The form begins with your template Seven letters.");
        await Expect(visitor.Field("At most this many rows")).ToHaveValueAsync("7");
        await Expect(visitor.Field("Id")).Not.ToBeCheckedAsync();
        await Expect(visitor.Field("Note")).ToBeCheckedAsync();
        Assert.Empty(visitor.Complaints);
    }

    [BrowserFact]
    public async Task Chosen_colours_are_there_from_the_first_drawing_on_whatever_the_system_says()
    {
        await using var visitor = await browser.VisitAsync(options => (options.JavaScriptEnabled, options.ColorScheme) = (false, ColorScheme.Light));
        await visitor.GoAsync("/exports");
        await Expect(visitor.Page.Locator("body")).ToHaveCSSAsync("background-color", "rgb(245, 246, 249)");

        await visitor.Field("Colours").SelectOptionAsync("Dark");
        await visitor.Button("Apply").ClickAsync();
        await visitor.GoAsync("/request/orders");

        // No script ran, so that nothing can have been drawn in other colours before.
        await Expect(visitor.Page.Locator("body")).ToHaveCSSAsync("background-color", "rgb(15, 19, 27)");
        await Expect(visitor.Field("Colours")).ToHaveValueAsync("dark");
    }
}
