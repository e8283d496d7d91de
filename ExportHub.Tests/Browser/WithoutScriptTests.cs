using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExportHub.Tests.Browser;

/// <summary>Everything works with JavaScript off, only less live.</summary>
[Collection(BrowserTests.Name)]
public sealed class WithoutScriptTests(BrowserApp browser)
{
    [BrowserFact]
    public async Task Without_script_a_filtered_and_sorted_file_is_made_and_found_in_the_history()
    {
        await using var visitor = await VisitAsync("/request/orders");
        await visitor.Button("None").ClickAsync();
        await visitor.Field("Amount").CheckAsync();
        await visitor.Button("Move Amount up").ClickAsync();
        await visitor.Field("Add a filter on").SelectOptionAsync("Amount");
        await visitor.Button("Add filter").ClickAsync();
        await visitor.Field("Condition for Amount").SelectOptionAsync("is at most");
        await visitor.Field("Value for Amount").FillAsync("12.5");
        await visitor.Field("Sort by").SelectOptionAsync("Amount");
        await visitor.Button("Add").ClickAsync();
        await visitor.Field("Direction").SelectOptionAsync("largest first");
        await visitor.Button("Start export").ClickAsync();

        await RefreshUntilAsync(visitor, "Your file is ready");
        await Expect(visitor.Page.Locator(".words")).ToContainTextAsync("Amount is at most 12.5");
        await Expect(visitor.Page.Locator("#export")).ToContainTextAsync("10 rows");
        var download = await visitor.Page.RunAndWaitForDownloadAsync(() => visitor.Link("Download").ClickAsync());
        Assert.EndsWith(".xlsx", download.SuggestedFilename, StringComparison.Ordinal);

        var address = new Uri(visitor.Page.Url).AbsolutePath;
        await visitor.GoAsync("/exports");
        await visitor.Field("Status").SelectOptionAsync("Ready");
        await visitor.Button("Show").ClickAsync();
        await visitor.Page.Locator($"a[href='{address}']").ClickAsync();
        await Expect(visitor.Heading("Your file is ready")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task Without_script_a_preview_a_group_and_a_template_lead_to_the_file()
    {
        await using var visitor = await VisitAsync("/request/orders");
        foreach (var (column, value) in new[] { ("Amount", "12.5"), ("Id", "7") })
        {
            await visitor.Field("Add a filter on").SelectOptionAsync(column);
            await visitor.Button("Add filter").ClickAsync();
            await visitor.Field($"Value for {column}").FillAsync(value);
        }

        foreach (var column in new[] { "Amount", "Id" })
        {
            await visitor.Field($"Whether the filter on {column} must be met").SelectOptionAsync("A");
            await visitor.Page.GetByRole(AriaRole.Group, new() { Name = $"Filter on {column}" }).GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        }

        await visitor.Button("Show preview").ClickAsync();
        await Expect(visitor.Page.Locator("#preflight-line")).ToHaveTextAsync(new Regex("^2 rows, "));
        await Expect(visitor.Page.Locator("#preflight .sample tbody tr")).ToHaveCountAsync(2);

        await visitor.Page.Locator("#template summary").ClickAsync();
        await visitor.Field("Name of the template").FillAsync("One or the other");
        await visitor.Button("Save as a new template").ClickAsync();
        await visitor.Link("One or the other").ClickAsync();
        await visitor.Link("Use").ClickAsync();
        await visitor.Button("Start export").ClickAsync();

        await RefreshUntilAsync(visitor, "Your file is ready");
        await Expect(visitor.Page.Locator("#export")).ToContainTextAsync("2 rows");
    }

    [BrowserFact]
    public async Task Without_script_the_status_is_refreshed_by_a_link_and_an_export_is_canceled_and_tried_again()
    {
        await using var visitor = await VisitAsync("/request/endless");
        await visitor.Button("Start export").ClickAsync();
        await RefreshUntilAsync(visitor, "Writing the file");

        await visitor.Button("Cancel export").ClickAsync();
        await RefreshUntilAsync(visitor, "The export was canceled");
        await Expect(visitor.Link("Refresh status")).ToHaveCountAsync(0);

        await visitor.Button("Try again").ClickAsync();
        await visitor.Button("Cancel export").ClickAsync();
        await RefreshUntilAsync(visitor, "The export was canceled");
    }

    [BrowserFact]
    public async Task Without_script_a_file_is_checked_from_its_status_page()
    {
        await using var visitor = await VisitAsync("/request/orders");
        await visitor.Button("Start export").ClickAsync();
        await RefreshUntilAsync(visitor, "Your file is ready");
        var download = await visitor.Page.RunAndWaitForDownloadAsync(() => visitor.Link("Download").ClickAsync());
        var bytes = await File.ReadAllBytesAsync(await download.PathAsync());

        await visitor.Link("Check a file").First.ClickAsync();
        await visitor.Field("File").SetInputFilesAsync(new Microsoft.Playwright.FilePayload { Name = "renamed.xlsx", MimeType = "application/x", Buffer = bytes });
        await visitor.Button("Check").ClickAsync();
        await Expect(visitor.Heading("Yes, it is unchanged")).ToBeVisibleAsync();

        bytes[^1] ^= 1;
        await visitor.Field("File").SetInputFilesAsync(new Microsoft.Playwright.FilePayload { Name = "renamed.xlsx", MimeType = "application/x", Buffer = bytes });
        await visitor.Button("Check").ClickAsync();
        await Expect(visitor.Heading("No, this is not that file")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task Without_script_errors_are_said_and_what_was_typed_is_kept()
    {
        await using var visitor = await VisitAsync("/request/orders");
        await visitor.Field("At most this many rows").FillAsync("many");
        await visitor.Field("At most this many rows").PressAsync("Enter");

        await Expect(visitor.Page).ToHaveTitleAsync(new Regex("^Error: "));
        await Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToBeInViewportAsync();
        await Expect(visitor.Field("At most this many rows")).ToHaveValueAsync("many");
    }

    private static async Task RefreshUntilAsync(Visitor visitor, string heading)
    {
        var refresh = visitor.Link("Refresh status");
        await Until.TrueAsync(
            async () =>
            {
                if (await visitor.Heading(heading).IsVisibleAsync())
                {
                    return true;
                }

                if (await refresh.IsVisibleAsync())
                {
                    await refresh.ClickAsync();
                }

                return false;
            },
            heading);
    }

    private async Task<Visitor> VisitAsync(string address)
    {
        var visitor = await browser.VisitAsync(options => options.JavaScriptEnabled = false);
        await visitor.GoAsync(address);
        return visitor;
    }
}
