using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using ExportHub.Access;

namespace ExportHub.Tests.Pages;

public sealed class HistoryPageTests : IAsyncLifetime
{
    private readonly TestApp app = new();

    public Task InitializeAsync() => app.InitializeAsync();

    public Task DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Nothing_yet_differs_from_nothing_that_matches()
    {
        Assert.Equal("No exports yet", (await app.PageAsync("/exports")).QuerySelector(".empty h2")!.TextContent);
        Assert.Equal("Nothing matches", (await app.PageAsync("/exports?status=failed")).QuerySelector(".empty h2")!.TextContent);
    }

    [Fact]
    public async Task Pages_follow_each_other_and_keep_the_filter()
    {
        for (var i = 0; i < 27; i++)
        {
            await app.PostAsync(new { dataset = "orders", format = "csv", limit = i + 1 });
        }

        var first = await app.PageAsync("/exports?dataset=orders");
        var older = first.QuerySelector<IHtmlAnchorElement>(".pager a")!.GetAttribute("href")!;
        var second = await app.PageAsync(older);

        Assert.Equal(25, first.QuerySelectorAll("tbody tr").Length);
        Assert.Equal(2, second.QuerySelectorAll("tbody tr").Length);
        Assert.Equal("/exports?dataset=orders", second.QuerySelector(".pager a")!.GetAttribute("href"));
        Assert.Equal("orders", second.QuerySelector<IHtmlSelectElement>("#dataset")!.Value);
    }

    [Fact]
    public async Task A_search_finds_by_dataset_file_and_Export_ID_and_says_when_nothing_matches()
    {
        var document = await app.ExportAsync(new { dataset = "orders", format = "csv", limit = 1 });
        var id = document.GetProperty("id").GetString()!;
        var file = document.GetProperty("download").GetProperty("fileName").GetString()!;

        foreach (var words in new[] { "RDER", file, file[..12].ToUpperInvariant(), id, id[..13] })
        {
            Assert.Equal($"/exports/{id}", (await FoundAsync($"q={Uri.EscapeDataString(words)}")).Single());
        }

        Assert.Empty(await FoundAsync("q=orders%25"));
        Assert.Empty(await FoundAsync("q=%00"));
        Assert.Equal("Nothing matches", (await app.PageAsync("/exports?q=elephants")).QuerySelector(".empty h2")!.TextContent);
        Assert.Equal("elephants", (await app.PageAsync("/exports?q=elephants")).QuerySelector<IHtmlInputElement>("#q")!.Value);
    }

    [Fact]
    public async Task Days_are_those_of_the_readers_zone()
    {
        var id = await app.PostAsync(new { dataset = "orders", format = "csv", limit = 1 });
        await app.EndAsync(id);
        var today = DateTimeOffset.UtcNow;

        Assert.Single(await FoundAsync($"from={today.AddDays(-1):yyyy-MM-dd}&to={today.AddDays(1):yyyy-MM-dd}&zone=Asia/Tokyo"));
        Assert.Empty(await FoundAsync($"to={today.AddDays(-2):yyyy-MM-dd}&zone=Asia/Tokyo"));
        Assert.Empty(await FoundAsync($"from={today.AddDays(2):yyyy-MM-dd}"));
    }

    [Fact]
    public async Task What_cannot_be_read_in_the_address_is_said_beside_its_field_and_nothing_is_shown()
    {
        await app.PostAsync(new { dataset = "orders", format = "csv", limit = 1 });

        var answer = await app.Client.GetAsync("/exports?from=yesterday&status=done&before=x");
        var page = await answer.HtmlAsync();

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(["#from", "#status"], page.QuerySelectorAll("#error-summary a").Select(link => link.GetAttribute("href")!).Order());
        Assert.Equal("yesterday", page.QuerySelector<IHtmlInputElement>("#from")!.Value);
        Assert.NotNull(page.QuerySelector("#from-error"));
        Assert.Empty(page.QuerySelectorAll("tbody tr"));
    }

    [Fact]
    public async Task An_export_without_a_file_is_run_again_from_its_row()
    {
        var id = await app.PostAsync(new { dataset = "orders", format = "csv", limit = 5 });
        await app.EndAsync(id);
        await app.Database.ExecuteAsync($"UPDATE exporthub.export SET status = 'expired', file_key = NULL WHERE id = '{id}'");
        var page = await app.PageAsync("/exports");
        var button = page.QuerySelector<IHtmlButtonElement>("tbody button")!;
        var form = page.QuerySelector<IHtmlFormElement>($"#{button.GetAttribute("form")}")!;
        form.SetAttribute("action", button.GetAttribute("formaction"));

        var answer = await app.SendAsync(form, ("key", button.Value));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var again = await app.EndAsync(Guid.Parse(answer.Headers.Location!.ToString().Split('/')[^1]));
        Assert.Equal(("completed", 5), (again.GetProperty("status").GetString(), again.GetProperty("progress").GetProperty("rows").GetInt64()));
        Assert.Equal("expired", (await app.StatusAsync(id)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_row_says_what_was_asked_for_and_until_when_the_file_is_kept()
    {
        await app.ExportAsync(new { dataset = "orders", format = "csv", columns = new[] { "id" }, filters = new[] { new { column = "id", op = "lt", value = 4 } } });

        var row = (await app.PageAsync("/exports")).QuerySelector("tbody tr")!;

        Assert.Equal("Id is less than 4; 1 column: Id", row.QuerySelector(".asked")!.TextContent);
        Assert.Contains("until", row.TextContent, StringComparison.Ordinal);
        Assert.Contains(FirstAdministrator.Name, row.QuerySelector(".who")!.TextContent, StringComparison.Ordinal);
    }

    private async Task<string[]> FoundAsync(string query) =>
        [.. (await app.PageAsync($"/exports?{query}")).QuerySelectorAll(".what a").Select(link => link.GetAttribute("href")!)];
}
