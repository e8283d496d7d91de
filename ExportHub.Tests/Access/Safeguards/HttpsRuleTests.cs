using System.Net;
using AngleSharp.Html.Dom;
using ExportHub.Access;
using ExportHub.Tests.Pages;
using ExportHub.Tests.Processes;

namespace ExportHub.Tests.Access.Safeguards;

/// <summary>Where people come in over https only.</summary>
public sealed class HttpsRuleTests : IAsyncLifetime
{
    private readonly AccessApp access = new();

    public Task InitializeAsync()
    {
        access.App.With("Access:RequireHttps", "true");
        return access.InitializeAsync();
    }

    public Task DisposeAsync() => access.DisposeAsync();

    [Fact]
    public async Task The_cookies_can_be_set_and_read_by_this_host_over_https_alone()
    {
        var client = access.NewClient();
        client.BaseAddress = new Uri("https://localhost");

        var shown = await client.GetAsync(new Uri("/sign-in", UriKind.Relative));
        var answer = await AccessApp.SignInAsync(client, "anna", access.PasswordOf("anna"));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var cookies = shown.Headers.GetValues("Set-Cookie").Concat(answer.Headers.GetValues("Set-Cookie")).ToList();
        Assert.Equal(["__Host-exporthub-form", "__Host-exporthub-known", "__Host-exporthub-session"], cookies.Select(cookie => cookie.Split('=')[0]).Order());
        Assert.All(cookies, cookie => Assert.Contains("; path=/;", cookie, StringComparison.Ordinal));
        Assert.All(cookies, cookie => Assert.Contains("; secure", cookie, StringComparison.Ordinal));
        Assert.All(cookies, cookie => Assert.Contains("; httponly", cookie, StringComparison.Ordinal));
        Assert.All(cookies, cookie => Assert.DoesNotContain("domain", cookie, StringComparison.OrdinalIgnoreCase));
        Assert.Contains("; samesite=lax", cookies.Single(cookie => cookie.Contains("session", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.True(await AccessApp.IsInAsync(client));
    }

    [Fact]
    public async Task Over_plain_http_the_sign_in_page_says_why_nobody_gets_in_and_asks_for_nothing()
    {
        var answer = await access.NewClient().GetAsync(new Uri("/sign-in?returnUrl=/exports", UriKind.Relative));
        var page = await answer.HtmlAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("over https only", page.QuerySelector("#needs-https")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Access:RequireHttps", page.QuerySelector("#needs-https")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("main form"));
    }

    [Fact]
    public async Task Over_plain_http_a_right_password_lets_nobody_in()
    {
        using var browser = access.NewClient();
        browser.BaseAddress = new Uri("https://localhost");
        var shown = await browser.GetAsync(new Uri("/sign-in", UriKind.Relative));
        var fields = Form.Fields((IHtmlFormElement)(await shown.HtmlAsync()).QuerySelector("main form")!).Where(field => field.Key == "__RequestVerificationToken")
            .Append(new("name", "anna")).Append(new("password", access.PasswordOf("anna")));

        var answer = await access.WithCookiesOf(shown).PostAsync(new Uri("/sign-in", UriKind.Relative), new FormUrlEncodedContent(fields));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotNull((await answer.HtmlAsync()).QuerySelector("#needs-https"));
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_page_that_a_token_opens_over_plain_http_is_shown()
    {
        var anna = await access.WithTokenAsync("anna", Scopes.Read);

        Assert.True(await AccessApp.IsInAsync(anna));
    }

    [Theory]
    [InlineData("Development", false)]
    [InlineData("Production", true)]
    [InlineData("Staging", true)]
    public async Task It_is_required_everywhere_but_in_Development(string environment, bool required)
    {
        await using var app = await AppProcess.StartAsync(
            [("ASPNETCORE_ENVIRONMENT", environment)], [("ConnectionStrings:ExportHub", access.App.Database.ConnectionString), ("Files:Folder", access.App.FilesFolder)]);

        var page = await (await app.Client.GetAsync(new Uri("/sign-in", UriKind.Relative))).HtmlAsync();

        Assert.Equal(required, page.QuerySelector("#needs-https") is not null);
    }
}
