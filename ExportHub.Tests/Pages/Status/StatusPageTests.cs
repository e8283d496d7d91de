using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace ExportHub.Tests.Pages.Status;

public sealed class StatusPageTests : IAsyncLifetime
{
    private readonly TestApp app = new();

    public Task InitializeAsync() => app.InitializeAsync();

    public Task DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_canceled_export_can_be_started_again()
    {
        var id = await app.PostAsync(new { dataset = "orders", format = "csv" });
        await app.EndAsync(id);
        await app.Database.ExecuteAsync($"""
            UPDATE exporthub.export
            SET status = 'canceled', file_key = NULL, file_name = NULL, content_type = NULL, sha256 = NULL, expires_at = NULL
            WHERE id = '{id}'
            """);
        var page = await app.PageAsync($"/exports/{id}");

        var answer = await app.SendAsync(page.QuerySelector<IHtmlFormElement>("form[action$=retry]")!);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("completed", (await app.EndAsync(id)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Canceling_what_has_ended_changes_nothing_and_says_so()
    {
        var id = await app.PostAsync(new { dataset = "orders", format = "csv", limit = 1 });
        await app.EndAsync(id);
        var form = (await app.PageAsync("/request/orders")).QuerySelector<IHtmlFormElement>("form")!;
        form.SetAttribute("action", $"/exports/{id}?handler=cancel");

        var page = await (await app.SendAsync(form)).HtmlAsync();

        Assert.Contains("nothing to cancel", page.QuerySelector(".notice[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Ready", page.QuerySelector("#export .badge")!.TextContent);
    }

    [Fact]
    public async Task The_page_knows_when_to_ask_next_and_its_live_region_is_there_from_the_start()
    {
        var id = await app.PostAsync(new { dataset = "orders", format = "csv", limit = 1 });
        await app.EndAsync(id);

        var page = await app.PageAsync($"/exports/{id}");

        Assert.Equal("status", page.QuerySelector("#live")!.GetAttribute("role"));
        Assert.Equal("", page.QuerySelector("#live")!.TextContent);
        Assert.Null(page.QuerySelector("#export")!.GetAttribute("data-next"));
        Assert.Empty(page.QuerySelectorAll("meta[http-equiv=refresh]"));
    }
}
