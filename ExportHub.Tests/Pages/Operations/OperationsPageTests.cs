using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using ExportHub.Exports;
using ExportHub.Tests.Browser;
using Microsoft.Extensions.DependencyInjection;

namespace ExportHub.Tests.Pages.Operations;

/// <summary>As a browser without JavaScript uses it.</summary>
public sealed class OperationsPageTests : IAsyncLifetime
{
    private readonly TestApp app = new TestApp().OnPort().With("Exports:RunningPerUser", "1");

    public Task InitializeAsync() => app.InitializeAsync();

    public Task DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task An_idle_service_says_in_one_sentence_that_it_is_healthy()
    {
        var page = await app.PageAsync("/admin/operations");

        Assert.Equal("Healthy", page.QuerySelector("#state .badge")!.TextContent.Trim());
        Assert.Equal("Nothing runs and nothing waits.", page.QuerySelector("#sentence")!.TextContent);
        Assert.Null(page.QuerySelector("#stuck"));
    }

    [Fact]
    public async Task The_dashboard_of_the_job_engine_is_linked_where_it_has_one_and_opens()
    {
        var dashboard = app.Services.GetRequiredService<IJobEngine>().Dashboard;
        var links = (await app.PageAsync("/admin/operations")).QuerySelectorAll("#state > p > a").Select(link => link.GetAttribute("href"));

        Assert.Equal(dashboard is null ? [] : [dashboard], links);
        Assert.True(dashboard is null || (await app.Client.GetAsync(dashboard)).IsSuccessStatusCode);
    }

    [Fact]
    public async Task What_the_charts_show_stands_in_tables_too()
    {
        var done = await StagedExport.QueuedAsync(app, title: "Sales");
        await done.CompletedAsync();
        await done.SetAsync("requested_at = started_at - interval '3 seconds'");

        var page = await app.PageAsync("/admin/operations");

        var hours = page.QuerySelectorAll("#hours-table tbody tr");
        Assert.Equal(24, hours.Length);
        Assert.Equal(["1", "412,345", "3 seconds"], hours[0].QuerySelectorAll(".number").Select(cell => cell.TextContent));
        Assert.All(page.QuerySelectorAll(".chart svg"), chart => Assert.Equal(24, chart.QuerySelectorAll("rect").Length));
        Assert.Contains("most: 412,345", page.QuerySelectorAll(".chart")[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("Sales", page.QuerySelectorAll(".shares")[^1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_stuck_runs_waits_and_failed_has_its_line()
    {
        var silent = await StagedExport.QueuedAsync(app, title: "<b>Silent</b>");
        await silent.RunningAsync(rows: 184_000, total: 412_345, attempt: 2);
        await silent.SetAsync("renewed_at = now() - interval '5 minutes', requested_by = 'anna'");
        var waiting = await StagedExport.QueuedAsync(app);
        await waiting.SetAsync("held = true, requested_by = 'anna'");
        var failed = await StagedExport.QueuedAsync(app);
        await failed.FailedAsync("The column is gone.");

        var page = await app.PageAsync("/admin/operations");

        Assert.Equal("Trouble", page.QuerySelector("#state .badge")!.TextContent.Trim());
        Assert.Contains("1 export is stuck.", page.QuerySelector("#state")!.TextContent, StringComparison.Ordinal);
        var stuck = page.QuerySelector("[aria-labelledby=stuck] tbody tr")!;
        Assert.Contains("<b>Silent</b>", stuck.TextContent, StringComparison.Ordinal);
        Assert.Contains("gives no sign of life", stuck.TextContent, StringComparison.Ordinal);
        Assert.Contains("184,000", page.QuerySelector("[aria-labelledby=running] tbody tr")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("anna has as many running", page.QuerySelector("[aria-labelledby=waiting] tbody tr")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("The column is gone.", page.QuerySelector("[aria-labelledby=failures] tbody tr")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_is_canceled_with_a_reason_that_the_page_shows_from_then_on()
    {
        var export = await StagedExport.QueuedAsync(app);
        var link = (await app.PageAsync("/admin/operations")).QuerySelector($"#waiting-{export.Id}")!.GetAttribute("href")!;
        var form = await FormAsync(link);

        var answer = await app.SendAsync(form, ("reason", "It locks a table."));

        // On a port the client follows by itself: what it shows in the end was asked for by GET, so reloading it sends nothing again.
        Assert.Equal((HttpStatusCode.OK, HttpMethod.Get), (answer.StatusCode, answer.RequestMessage!.Method));
        Assert.Equal("canceled", (await app.StatusAsync(export.Id)).GetProperty("status").GetString());
        var entry = (await app.PageAsync("/admin/operations")).QuerySelector("[aria-labelledby=done] li")!;
        Assert.Contains("admin canceled an export", entry.TextContent, StringComparison.Ordinal);
        Assert.Contains("“It locks a table.”", entry.TextContent, StringComparison.Ordinal);

        var late = await app.SendAsync(form, ("reason", "Once more."));
        Assert.Contains("no longer allows it", (await late.HtmlAsync()).QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_reason_nothing_is_done_and_the_field_says_so()
    {
        var form = await FormAsync("/admin/operations?act=drain");

        var answer = await app.SendAsync(form, ("reason", " "));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = await answer.HtmlAsync();
        Assert.StartsWith("Error: ", page.Title, StringComparison.Ordinal);
        Assert.Contains("Say why", page.QuerySelector("#reason-error")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("on", page.QuerySelector("#switches + dl")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("#Drain"));
    }

    [Theory]
    [InlineData("pause", "resume", "The intake is paused")]
    [InlineData("drain", "undrain", "The start of exports is stopped")]
    public async Task The_service_is_switched_off_and_on_again(string off, string on, string sentence)
    {
        await app.SendAsync(await FormAsync($"/admin/operations?act={off}"), ("reason", "Maintenance."));
        var page = await app.PageAsync("/admin/operations");
        Assert.StartsWith(sentence, page.QuerySelector("#sentence")!.TextContent, StringComparison.Ordinal);

        await app.SendAsync(await FormAsync($"/admin/operations?act={on}"), ("reason", "Over."));

        Assert.Equal("Healthy", (await app.PageAsync("/admin/operations")).QuerySelector("#state .badge")!.TextContent.Trim());
    }

    [Theory]
    [InlineData("?act=cancel&export=0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a")]
    [InlineData("?act=cancel")]
    public async Task An_act_on_no_export_is_a_404(string query) =>
        Assert.Equal(HttpStatusCode.NotFound, (await app.Client.GetAsync($"/admin/operations{query}")).StatusCode);

    [Fact]
    public async Task A_form_that_is_not_from_this_site_does_nothing()
    {
        var form = await FormAsync("/admin/operations?act=drain");

        var answer = await app.SendAsync(form, ("reason", "Because."), ("__RequestVerificationToken", null));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotNull((await app.PageAsync("/admin/operations")).QuerySelector("#Drain"));
    }

    private async Task<IHtmlFormElement> FormAsync(string address) => (await app.PageAsync(address.Split('#')[0])).QuerySelector<IHtmlFormElement>("#act form")!;
}
