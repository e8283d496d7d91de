using ExportHub.Datasets;
using static Microsoft.Playwright.Assertions;

namespace ExportHub.Tests.Browser;

/// <summary>Markup in a title, a choice, a typed value or a message is text everywhere, also where scripts draw it.</summary>
[Collection(BrowserTests.Name)]
public sealed class HostileTextTests(BrowserApp browser)
{
    private const string Markup = "<img src=x onerror=alert(1)>";

    [BrowserFact]
    public async Task Markup_in_a_dataset_and_in_what_is_typed_stays_text_on_the_way_to_the_file()
    {
        await browser.App.Database.ExecuteAsync($"""
            CREATE TYPE hostile_choice AS ENUM ('{Markup}', 'tame');
            CREATE TABLE hostile AS SELECT n AS id, '{Markup}'::text AS note, '{Markup}'::hostile_choice AS choice FROM generate_series(1, 3) AS n;
            """);
        await browser.App.WriteDatasetAsync("hostile", $$"""
            {
              "title": "Hostile {{Markup}}", "description": "About {{Markup}}", "from": "public.hostile", "key": ["id"],
              "columns": { "note": { "title": "Note {{Markup}}" } }
            }
            """);
        await using var visitor = await browser.VisitAsync();
        await visitor.GoAsync("/");
        await AssertTextAsync(visitor);
        await visitor.Link("Hostile " + Markup).ClickAsync();
        await visitor.Button($"Move Note {Markup} up").ClickAsync();
        await Expect(visitor.Page.Locator("#live")).ToContainTextAsync(Markup);
        await visitor.Field("Add a filter on").SelectOptionAsync("choice");
        await visitor.Field("Value for Choice").SelectOptionAsync(Markup);
        await visitor.Field("Add a filter on").SelectOptionAsync("Note " + Markup);
        await visitor.Field("Value for Note " + Markup).FillAsync(Markup);
        await visitor.Field("At most this many rows").FillAsync(Markup);
        await visitor.Button("Start export").ClickAsync();
        await Expect(visitor.Page.Locator("#error-summary")).ToBeFocusedAsync();
        await Expect(visitor.Field("At most this many rows")).ToHaveValueAsync(Markup);
        await AssertTextAsync(visitor);

        await visitor.Field("At most this many rows").FillAsync("");
        await visitor.Button("Start export").ClickAsync();
        await Expect(visitor.Heading("Your file is ready")).ToBeVisibleAsync();
        await Expect(visitor.Page).ToHaveTitleAsync($"Ready – Hostile {Markup} – ExportHub");
        await Expect(visitor.Page.Locator(".words")).ToContainTextAsync($"Note {Markup} is {Markup}");
        await AssertTextAsync(visitor);
        await visitor.Link("History").First.ClickAsync();
        await AssertTextAsync(visitor);
        await visitor.GoAsync("/exports?dataset=" + Uri.EscapeDataString(Markup));
        await AssertTextAsync(visitor, shown: false);
    }

    [BrowserFact]
    public async Task Markup_in_a_message_a_title_or_a_value_stays_text_when_a_script_draws_it()
    {
        var export = await StagedExport.QueuedAsync(
            browser.App, new Criteria { Columns = ["id"], TimeZone = "UTC", Filters = [new("note", "eq", [Markup])] }, "Orders " + Markup);
        await using var page = await FollowedPage.OpenAsync(browser, export);
        await export.RunningAsync(rows: 1, total: 4);
        await page.PassAsync(await page.WaitAsync(1));
        await Expect(page.Panel).ToContainTextAsync("25 %");
        await export.RunningAsync(rows: 2, total: 4);
        await page.PassAsync(await page.WaitAsync(2));
        await Expect(page.Page).ToHaveTitleAsync($"50 % – Orders {Markup} – ExportHub");
        await export.FailedAsync("It broke at " + Markup);
        await page.PassAsync(await page.WaitAsync(3));

        await Expect(page.Panel).ToContainTextAsync("It broke at " + Markup);
        await AssertTextAsync(page.Visitor);
    }

    private static async Task AssertTextAsync(Visitor visitor, bool shown = true)
    {
        await Expect(visitor.Page.Locator("img[src=x], [onerror]")).ToHaveCountAsync(0);
        Assert.Empty(visitor.Complaints);
        if (shown)
        {
            await Expect(visitor.Page.Locator("main")).ToContainTextAsync(Markup);
        }
    }
}
