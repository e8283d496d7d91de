using System.Net;
using AngleSharp.Html.Dom;

namespace ExportHub.Tests.Pages.Request;

/// <summary>The preview beside the request form, as a browser without JavaScript and as the script sees it.</summary>
public sealed class PreflightPageTests(PreflightPageTests.Site site) : IClassFixture<PreflightPageTests.Site>
{
    [Fact]
    public async Task Without_a_script_a_button_draws_the_preview_into_the_page()
    {
        var page = await site.App.PageAsync("/request/orders");
        var answer = await site.App.SendAsync(FormOf(page), ("act", "preview"), ("limit", "700"));
        var drawn = await answer.HtmlAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.StartsWith("700 rows, about ", drawn.QuerySelector("#preflight-line")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(20, drawn.QuerySelectorAll("#preflight .sample tbody tr").Length);
        Assert.Equal("Ordered at", drawn.QuerySelectorAll("#preflight .sample th")[1].TextContent);
        Assert.Equal("700", ((IHtmlInputElement)drawn.QuerySelector("[name=limit]")!).Value);
        Assert.Equal(0, await site.App.Database.CountAsync("SELECT count(*) FROM exporthub.export"));
    }

    [Fact]
    public async Task The_script_gets_the_preview_alone()
    {
        var drawn = await FragmentAsync(("format", "json"));

        Assert.StartsWith("1,000 rows", drawn.QuerySelector("[data-line]")!.GetAttribute("data-line"), StringComparison.Ordinal);
        Assert.Null(drawn.QuerySelector("main"));
        Assert.Equal("\"new\"", drawn.QuerySelectorAll(".sample tbody tr")[2].QuerySelectorAll("td")[4].TextContent);
    }

    [Fact]
    public async Task A_form_that_is_not_finished_has_no_preview_and_no_errors()
    {
        var drawn = await FragmentAsync(("filters[0].column", "amount"), ("filters[0].op", "gt"));

        Assert.Equal("The preview follows when the form is finished.", drawn.QuerySelector("[data-line]")!.GetAttribute("data-line"));
        Assert.Equal("Give a value for Amount.", drawn.QuerySelector(".hint")!.TextContent);
        Assert.Null(drawn.QuerySelector("[role=alert], .field-error, .sample"));
    }

    [Fact]
    public async Task No_row_is_said()
    {
        var drawn = await FragmentAsync(("filters[0].column", "amount"), ("filters[0].op", "gt"), ("filters[0].value", "1000000"));

        Assert.Equal("No row matches.", drawn.QuerySelector("[data-line]")!.GetAttribute("data-line"));
        Assert.Null(drawn.QuerySelector(".sample"));
    }

    [Fact]
    public async Task What_would_be_refused_is_said_before_it_is_asked_for()
    {
        await site.App.Database.ExecuteAsync("UPDATE exporthub.service_mode SET intake_paused = true");
        var drawn = await FragmentAsync();
        await site.App.Database.ExecuteAsync("UPDATE exporthub.service_mode SET intake_paused = false");

        Assert.Equal("This export would not be taken now.", drawn.QuerySelector("[data-line]")!.GetAttribute("data-line"));
        Assert.Contains("paused", drawn.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(20, drawn.QuerySelectorAll(".sample tbody tr").Length);
    }

    private async Task<IHtmlDocument> FragmentAsync(params (string Name, string? Value)[] changes)
    {
        var form = FormOf(await site.App.PageAsync("/request/orders"));
        form.SetAttribute("action", "/request/orders/preview");
        var answer = await site.App.SendAsync(form, changes);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.HtmlAsync();
    }

    private static IHtmlFormElement FormOf(IHtmlDocument page) => (IHtmlFormElement)page.QuerySelector("#request")!;

    public sealed class Site : IAsyncLifetime
    {
        public TestApp App { get; } = new();

        public async Task InitializeAsync()
        {
            await App.InitializeAsync();
            App.With("Exports:PreviewTime", "00:00:10");
        }

        public Task DisposeAsync() => App.DisposeAsync();
    }
}
