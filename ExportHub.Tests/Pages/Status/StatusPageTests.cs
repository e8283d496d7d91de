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

    [Fact]
    public async Task Run_again_asks_for_the_same_once_however_often_it_is_pressed()
    {
        var id = await app.PostAsync(new { dataset = "orders", format = "csv", limit = 3, columns = new[] { "id", "note" } });
        await app.EndAsync(id);
        var form = (await app.PageAsync($"/exports/{id}")).QuerySelector<IHtmlFormElement>("form[action$=again]")!;

        var first = await app.SendAsync(form);
        var again = Guid.Parse(first.Headers.Location!.ToString().Split('/')[^1]);
        await app.EndAsync(again);
        var second = await app.SendAsync(form);

        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.NotEqual(id, again);
        Assert.Equal(
            await app.DownloadAsync(await app.StatusAsync(id)),
            await app.DownloadAsync(await app.StatusAsync(again)));
    }

    [Fact]
    public async Task What_cannot_be_run_again_says_why_and_leads_to_where_it_is_edited()
    {
        var id = await app.PostAsync(new { dataset = "orders", format = "csv", limit = 3 });
        await app.EndAsync(id);
        await app.Database.ExecuteAsync($$"""UPDATE exporthub.export SET criteria = jsonb_set(criteria, '{columns}', '["id", "gone"]') WHERE id = '{{id}}'""");
        var form = (await app.PageAsync($"/exports/{id}")).QuerySelector<IHtmlFormElement>("form[action$=again]")!;

        var page = await (await app.SendAsync(form)).HtmlAsync();

        Assert.Equal("Nothing was started", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("has changed since then", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector($"a[href='/request/orders?from={id}']"));
        Assert.Equal(1, await app.Database.CountAsync("SELECT count(*) FROM exporthub.export"));
    }

    [Fact]
    public async Task A_ready_file_says_what_it_is_from_when_and_until_when()
    {
        var id = await app.PostAsync(new { dataset = "orders", format = "csv", limit = 3 });
        await app.EndAsync(id);

        var page = await app.PageAsync($"/exports/{id}");

        var panel = page.QuerySelector("#export")!;
        Assert.Contains("CSV, 3 rows, ", panel.TextContent, StringComparison.Ordinal);
        Assert.Contains("Data as of", panel.TextContent, StringComparison.Ordinal);
        Assert.All(panel.QuerySelectorAll("time"), time => Assert.EndsWith("UTC", time.TextContent, StringComparison.Ordinal));
        Assert.NotNull(page.QuerySelector($"a[href='/templates/new?from={id}']"));
        Assert.NotNull(page.QuerySelector("form[action$=again]"));
    }

    [Fact]
    public async Task An_expired_file_leaves_whole_sentences_and_is_run_again_first()
    {
        var id = await app.PostAsync(new { dataset = "orders", format = "csv", limit = 3 });
        await app.EndAsync(id);
        await app.Database.ExecuteAsync($"UPDATE exporthub.export SET status = 'expired', file_key = NULL WHERE id = '{id}'");

        var page = await app.PageAsync($"/exports/{id}");

        Assert.Matches("^It held 3 rows in [0-9]+ bytes\\. It was removed on .+ UTC\\. Run it again for a new one\\.$", page.QuerySelector("#export p")!.TextContent.Trim());
        Assert.True(page.QuerySelector("#run-again")!.ClassList.Contains("primary"));
    }
}
