using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace ExportHub.Tests.Pages;

public sealed class PagesRoomTests : IAsyncLifetime
{
    private readonly TestApp app = new();

    public Task InitializeAsync() => app.InitializeAsync();

    public Task DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData("/nowhere")]
    [InlineData("/request/nowhere")]
    [InlineData("/exports/0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a")]
    [InlineData("/exports/nonsense")]
    public async Task What_does_not_exist_is_a_404_in_plain_words(string address)
    {
        var answer = await app.Client.GetAsync(new Uri(address, UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("There is nothing here", (await answer.HtmlAsync()).QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task A_page_that_fails_offers_itself_again_and_tells_no_details()
    {
        await app.PageAsync("/");
        await app.Database.ExecuteAsync("ALTER TABLE exporthub.export RENAME TO export_hidden");
        var broken = await app.Client.GetAsync(new Uri("/exports?status=failed", UriKind.Relative));
        await app.Database.ExecuteAsync("ALTER TABLE exporthub.export_hidden RENAME TO export");

        Assert.Equal(HttpStatusCode.InternalServerError, broken.StatusCode);
        var page = await broken.HtmlAsync();
        Assert.Equal("/exports?status=failed", page.QuerySelector("main a.primary")!.GetAttribute("href"));
        Assert.DoesNotContain("export_hidden", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/request/orders")]
    [InlineData("/exports")]
    [InlineData("/verify")]
    [InlineData("/nowhere")]
    public async Task A_page_runs_nothing_inline_and_loads_nothing_from_elsewhere(string address)
    {
        var answer = await app.Client.GetAsync(new Uri(address, UriKind.Relative));
        var page = await answer.HtmlAsync();

        Assert.Contains("default-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Empty(page.QuerySelectorAll("style, [style], script:not([src]), [onclick], [onsubmit], [onload]"));
        Assert.All(page.QuerySelectorAll("[src], link[href]"), e => Assert.StartsWith("/", e.GetAttribute("src") ?? e.GetAttribute("href"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_API_answers_is_no_page()
    {
        var answer = await app.Client.GetAsync(new Uri("/api/nowhere", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.NotEqual("text/html", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_file_with_its_version_is_kept_and_one_without_is_asked_for_again()
    {
        var versioned = (await app.PageAsync("/")).QuerySelector<IHtmlLinkElement>("link[rel=stylesheet]")!.GetAttribute("href")!;

        Assert.Contains("?v=", versioned, StringComparison.Ordinal);
        Assert.Contains("immutable", (await app.Client.GetAsync(new Uri(versioned, UriKind.Relative))).Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.True((await app.Client.GetAsync(new Uri("/words.js", UriKind.Relative))).Headers.CacheControl!.NoCache);
    }
}
