using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExportHub.Tests.Browser;

/// <summary>The preview beside the request form while somebody fills it in.</summary>
[Collection(BrowserTests.Name)]
public sealed class PreflightTests(BrowserApp browser)
{
    [BrowserFact]
    public async Task The_preview_follows_the_form_and_shows_the_rows_of_the_file()
    {
        await using var visitor = await FormAsync();
        var line = visitor.Page.Locator("#preflight-line");
        await Expect(line).ToHaveTextAsync(new Regex("^1,000 rows, about .*B, "));
        await Expect(visitor.Page.Locator("#preflight .sample tbody tr")).ToHaveCountAsync(20);

        await visitor.Button("None").ClickAsync();
        await Expect(line).ToHaveTextAsync("The preview follows when the form is finished.");
        await Expect(visitor.Page.Locator("#error-summary, .field-error")).ToHaveCountAsync(0);
        await visitor.Field("Amount").CheckAsync();
        await visitor.Field("At most this many rows").FillAsync("3");

        await Expect(line).ToHaveTextAsync(new Regex("^3 rows"));
        await Expect(visitor.Page.Locator("#preflight .sample tr")).ToHaveTextAsync(["Amount", "1.25", "2.50", "3.75"]);
        Assert.Empty(visitor.Complaints);
    }

    [BrowserFact]
    public async Task While_somebody_types_one_question_is_asked_when_the_typing_rests()
    {
        await using var visitor = await FormAsync();
        await Expect(visitor.Page.Locator("#preflight .sample")).ToBeVisibleAsync();
        var before = Asked(visitor);

        await visitor.Field("At most this many rows").PressSequentiallyAsync("123", new() { Delay = 20 });
        await Expect(visitor.Page.Locator("#preflight-line")).ToHaveTextAsync(new Regex("^123 rows"));

        Assert.InRange(Asked(visitor) - before, 1, 2);
    }

    [BrowserFact]
    public async Task A_moved_column_and_a_filter_that_the_server_draws_are_followed_too()
    {
        await using var visitor = await FormAsync();
        var head = visitor.Page.Locator("#preflight .sample th");
        await Expect(head.First).ToHaveTextAsync("Id");

        await visitor.Button("Move Ordered at up").ClickAsync();
        await Expect(head.First).ToHaveTextAsync("Ordered at");
        await visitor.Field("Add a filter on").SelectOptionAsync("Amount");
        await Expect(visitor.Page.Locator("#preflight-body")).ToContainTextAsync("Give a value for Amount.");
        await visitor.Field("Value for Amount").FillAsync("5");

        await Expect(visitor.Page.Locator("#preflight-line")).ToHaveTextAsync(new Regex("^1 row,"));
    }

    [BrowserFact]
    public async Task The_form_can_be_sent_when_the_preview_does_not_come()
    {
        await using var visitor = await browser.VisitAsync();
        await visitor.Page.RouteAsync("**/preview", route => route.AbortAsync());
        await visitor.GoAsync("/request/orders");
        await Expect(visitor.Page.Locator("#preflight-line")).ToHaveTextAsync(new Regex("^The preview does not come"));

        await visitor.Field("At most this many rows").FillAsync("911");
        await visitor.Button("Start export").ClickAsync();

        await Expect(visitor.Heading("Your file is ready")).ToBeVisibleAsync();
    }

    private static int Asked(Visitor visitor) => visitor.Requests.Count(request => request.Url.EndsWith("/preview", StringComparison.Ordinal));

    private async Task<Visitor> FormAsync()
    {
        var visitor = await browser.VisitAsync();
        await visitor.GoAsync("/request/orders");
        return visitor;
    }
}
