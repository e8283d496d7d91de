using System.Net;
using AngleSharp.Html.Dom;

namespace ExportHub.Tests.Pages;

public sealed class LookTests(LookTests.Site site) : IClassFixture<LookTests.Site>
{
    private readonly HttpClient stranger = site.App.NewStranger();

    [Theory]
    [InlineData("de-AT,de;q=0.9,en;q=0.5", "de")]
    [InlineData("en-US", "en")]
    [InlineData("fr", "en")]
    [InlineData("not a language,,,;q=", "en")]
    public async Task A_page_speaks_the_language_of_the_browser_or_English(string accepted, string language)
    {
        using var ask = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        ask.Headers.TryAddWithoutValidation("Accept-Language", accepted);

        var page = await (await stranger.SendAsync(ask)).HtmlAsync();

        Assert.Equal(language, page.DocumentElement.GetAttribute("lang"));
    }

    [Fact]
    public async Task What_a_reader_chose_is_kept_and_the_page_is_drawn_with_it_at_once()
    {
        var back = await SendAsync("dark", "de", "/sign-in?a=1");
        var page = await (await stranger.GetAsync(new Uri("/sign-in", UriKind.Relative))).HtmlAsync();

        Assert.Equal("/sign-in?a=1", back.Headers.Location!.ToString());
        Assert.Equal(("dark", "de"), (page.DocumentElement.GetAttribute("data-theme"), page.DocumentElement.GetAttribute("lang")));

        await SendAsync("", "en", "/");
        page = await (await stranger.GetAsync(new Uri("/sign-in", UriKind.Relative))).HtmlAsync();

        Assert.Equal(("", "en"), (page.DocumentElement.GetAttribute("data-theme"), page.DocumentElement.GetAttribute("lang")));
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example")]
    [InlineData(null)]
    public async Task The_way_back_never_leads_elsewhere(string? back) =>
        Assert.Equal("/", (await SendAsync("purple", "xx", back)).Headers.Location!.ToString());

    [Fact]
    public async Task Programs_are_answered_in_English_whatever_they_accept()
    {
        using var ask = new HttpRequestMessage(HttpMethod.Get, "/api/exports?status=nothing");
        ask.Headers.Add("Accept-Language", "de");

        var answer = await site.App.Client.SendAsync(ask);

        Assert.Contains("Allowed: queued", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> SendAsync(string theme, string language, string? back)
    {
        var page = await (await stranger.GetAsync(new Uri("/sign-in", UriKind.Relative))).HtmlAsync();
        var token = ((IHtmlInputElement)page.QuerySelector("form[data-look] [name='__RequestVerificationToken']")!).Value;
        var fields = new Dictionary<string, string> { ["theme"] = theme, ["language"] = language, ["__RequestVerificationToken"] = token };
        if (back is not null)
        {
            fields["back"] = back;
        }

        var answer = await stranger.PostAsync(new Uri("/look", UriKind.Relative), new FormUrlEncodedContent(fields));
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return answer;
    }

    public sealed class Site : IAsyncLifetime
    {
        public TestApp App { get; } = new();

        public Task InitializeAsync() => App.InitializeAsync();

        public Task DisposeAsync() => App.DisposeAsync();
    }
}
