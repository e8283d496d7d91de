using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace ExportHub.Tests.Pages.Status;

public sealed class KeptFilePageTests : IAsyncLifetime
{
    private readonly TestApp app = new TestApp().With("Exports:QuotaBytes", "5000000000");

    public Task InitializeAsync() => app.InitializeAsync();

    public Task DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_file_is_kept_let_go_and_deleted_without_script()
    {
        var id = (await app.ExportAsync(new { dataset = "orders", format = "csv" })).GetProperty("id").GetGuid();
        var fresh = await app.PageAsync($"/exports/{id}");
        var listed = await app.PageAsync("/exports");

        await SendAsync(fresh, "keep");
        var kept = await app.PageAsync($"/exports/{id}");
        var keptList = await app.PageAsync("/exports");
        await SendAsync(kept, "unkeep");
        var released = await app.PageAsync($"/exports/{id}");
        await SendAsync(released, "delete");
        var deleted = await app.PageAsync($"/exports/{id}");

        Assert.Contains("(6 days left)", Words(fresh.QuerySelector("#export")!), StringComparison.Ordinal);
        Assert.Contains("File kept for7 days", Words(fresh.QuerySelector("#record-of")!), StringComparison.Ordinal);
        Assert.Contains("(6 days left)", Words(listed.QuerySelector("tbody tr")!), StringComparison.Ordinal);
        Assert.Contains("of 5 GB.", Words(listed.QuerySelector("#usage")!), StringComparison.Ordinal);
        Assert.Contains("admin keeps it past its time", Words(kept.QuerySelector("#export")!), StringComparison.Ordinal);
        Assert.DoesNotContain("left)", Words(kept.QuerySelector("#export")!), StringComparison.Ordinal);
        Assert.Contains("1 of at most 20 files", Words(keptList.QuerySelector("#usage")!), StringComparison.Ordinal);
        Assert.NotNull(kept.QuerySelector("a[download]"));
        Assert.NotNull(Form(released, "keep"));
        Assert.Equal(("The file was deleted", "Deleted"), (deleted.QuerySelector("#export h2")!.TextContent, deleted.QuerySelector("#export .badge")!.TextContent));
        Assert.Empty(deleted.QuerySelectorAll($"a[href='/api/exports/{id}/file']"));
        Assert.Null(Form(deleted, "delete"));
    }

    [Fact]
    public async Task Somebody_elses_file_asks_for_a_reason_where_it_is_missing()
    {
        var id = (await app.ExportAsync(new { dataset = "orders", format = "csv" })).GetProperty("id").GetGuid();
        await app.Database.ExecuteAsync($"UPDATE exporthub.export SET requested_by = 'anna' WHERE id = '{id}'");
        var form = Form(await app.PageAsync($"/exports/{id}"), "delete")!;

        var answer = await app.SendAsync(form, ("reason", " "));
        var refused = await answer.HtmlAsync();
        var taken = await app.SendAsync(form, ("reason", "It holds salaries."));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.EndsWith("Say why, in a few words.", refused.QuerySelector("#reason-error")!.TextContent.Trim(), StringComparison.Ordinal);
        Assert.True(refused.QuerySelector("details:has(#reason)")!.HasAttribute("open"));
        Assert.Equal(HttpStatusCode.Redirect, taken.StatusCode);
        Assert.Equal("The file was deleted", (await app.PageAsync($"/exports/{id}")).QuerySelector("#export h2")!.TextContent);
    }

    private async Task SendAsync(IHtmlDocument page, string act) => Assert.Equal(HttpStatusCode.Redirect, (await app.SendAsync(Form(page, act)!)).StatusCode);

    private static IHtmlFormElement? Form(IHtmlDocument page, string act) => page.QuerySelector<IHtmlFormElement>($"form[action$='handler={act}']");

    private static string Words(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
