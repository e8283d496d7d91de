using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace ExportHub.Tests.Pages;

/// <summary>The way of a person without JavaScript, through the real host.</summary>
public sealed class RequestPageTests : IAsyncLifetime
{
    private readonly TestApp app = new();

    public Task InitializeAsync() => app.InitializeAsync();

    public Task DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_form_sent_twice_makes_one_export_whose_page_shows_the_file()
    {
        var form = await FormAsync();

        var first = await app.SendAsync(form, ("limit", "5"), ("act", "export"));
        var again = await app.SendAsync(form, ("limit", "5"), ("act", "export"));
        var other = await app.SendAsync(form, ("limit", "6"), ("act", "export"));

        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        Assert.NotEqual(first.Headers.Location, other.Headers.Location);
        await app.EndAsync(Guid.Parse(first.Headers.Location!.ToString().Split('/')[^1]));
        var page = await app.PageAsync(first.Headers.Location.ToString());
        Assert.StartsWith("Ready – Orders", page.Title, StringComparison.Ordinal);
        Assert.Contains("5 rows", page.QuerySelector(".download")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_export_of_another_form_is_offered_and_made_when_asked_for_again()
    {
        await app.Database.ExecuteAsync("UPDATE exporthub.service_mode SET draining = true");
        var first = await app.SendAsync(await FormAsync(), ("act", "export"));
        var form = await FormAsync();

        var offered = await (await app.SendAsync(form, ("act", "export"))).HtmlAsync();
        Assert.Equal(first.Headers.Location!.ToString(), offered.QuerySelector("#under-way a")!.GetAttribute("href"));
        Assert.Equal("again", offered.QuerySelector("#under-way button")!.GetAttribute("value"));

        var again = await app.SendAsync(form, ("act", "again"));
        Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);
        Assert.NotEqual(first.Headers.Location, again.Headers.Location);
    }

    [Fact]
    public async Task A_filter_is_added_and_everything_else_is_kept()
    {
        var answer = await app.SendAsync(await FormAsync(), ("limit", "77"), ("addFilter", "status"), ("act", "add-filter"));
        var page = await answer.HtmlAsync();

        Assert.Equal("77", page.QuerySelector<IHtmlInputElement>("#limit")!.Value);
        Assert.Equal(["eq", "ne", "in", "notIn", "isNull", "isNotNull"], page.QuerySelectorAll<IHtmlOptionElement>("#filter-0-op option").Select(o => o.Value));
        Assert.Equal(["", "new", "paid", "shipped"], page.QuerySelectorAll<IHtmlOptionElement>("#filter-0-value option").Select(o => o.Value));
    }

    [Fact]
    public async Task Errors_stand_in_the_summary_and_beside_their_fields_all_at_once()
    {
        var answer = await app.SendAsync(await FormAsync(), ("columns", null), ("limit", "many"), ("timeZone", "Mars/Olympus"), ("act", "export"));
        var page = await answer.HtmlAsync();

        Assert.StartsWith("Error: ", page.Title, StringComparison.Ordinal);
        Assert.Equal(["#columns", "#limit", "#time-zone"], page.QuerySelectorAll("#error-summary a").Select(a => a.GetAttribute("href")!));
        Assert.All(page.QuerySelectorAll("#error-summary a"), link => Assert.NotNull(page.QuerySelector(link.GetAttribute("href")!)));
        Assert.Equal("limit-error", page.QuerySelector("#limit")!.GetAttribute("aria-describedby"));
        Assert.NotNull(page.QuerySelector("#limit-error"));
        Assert.Equal("many", page.QuerySelector<IHtmlInputElement>("#limit")!.Value);
    }

    [Fact]
    public async Task A_check_behind_the_form_is_told_beside_its_field_too()
    {
        var answer = await app.SendAsync(await FormAsync(), ("limit", "0"), ("act", "export"));

        Assert.Equal("#limit", (await answer.HtmlAsync()).QuerySelector("#error-summary a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task An_earlier_export_fills_the_form()
    {
        var id = await app.PostAsync(new { dataset = "orders", format = "csv", columns = new[] { "note", "id" }, limit = 3 });

        var page = await app.PageAsync($"/request/orders?from={id}");

        Assert.Equal(["note", "id"], page.QuerySelectorAll("#columns input[checked]").Select(box => box.GetAttribute("value")!));
        Assert.Equal("3", page.QuerySelector<IHtmlInputElement>("#limit")!.Value);
        Assert.Equal("csv", page.QuerySelector<IHtmlInputElement>("[name=format]:checked")!.Value);
    }

    [Fact]
    public async Task A_form_from_elsewhere_is_refused()
    {
        var answer = await app.SendAsync(await FormAsync(), ("__RequestVerificationToken", "forged"), ("act", "export"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("That did not arrive as expected", (await answer.HtmlAsync()).QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task A_broken_dataset_says_why_and_offers_no_form()
    {
        await app.WriteDatasetAsync("lost", """{ "title": "Lost", "from": "public.nowhere" }""");

        Assert.Contains("public.nowhere", (await app.PageAsync("/request/lost")).QuerySelector(".notice.bad")!.TextContent, StringComparison.Ordinal);
        Assert.Null((await app.PageAsync("/request/lost")).QuerySelector("main form"));
        Assert.Equal("Lost", (await app.PageAsync("/")).QuerySelector(".broken strong")!.TextContent);
    }

    private async Task<IHtmlFormElement> FormAsync() => (await app.PageAsync("/request/orders")).QuerySelector<IHtmlFormElement>("main form")!;
}
