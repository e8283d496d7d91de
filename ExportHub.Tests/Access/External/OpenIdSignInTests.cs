using System.Net;
using ExportHub.Access;
using ExportHub.Tests.Pages;
using Microsoft.AspNetCore.WebUtilities;

namespace ExportHub.Tests.Access.External;

/// <summary>The code flow against a real provider. The test is the browser, and sees every step.</summary>
public sealed class OpenIdSignInTests : IAsyncLifetime
{
    private static readonly object Carla = new
    {
        sub = "subject-1", preferred_username = "carla", email = "carla@example.com", groups = new[] { "Sellers", "unknown" }, regions = new[] { "DE", "AT" },
    };

    private readonly AccessApp access = new();
    private AuthorizationServer provider = null!;

    public async Task InitializeAsync()
    {
        provider = await AuthorizationServer.StartAsync();
        provider.Person = Carla;
        access.App
            .With("Access:OpenId:AuthorizationEndpoint", provider.Address + "/authorize")
            .With("Access:OpenId:TokenEndpoint", provider.Address + "/token")
            .With("Access:OpenId:UserInformationEndpoint", provider.Address + "/userinfo")
            .With("Access:OpenId:ClientId", AuthorizationServer.ClientId)
            .With("Access:OpenId:ClientSecret", AuthorizationServer.ClientSecret)
            .With("Access:OpenId:Title", "Sign in at the company")
            .With("Access:Groups:Bosses", "admin").With("Access:Groups:Sellers", "sales, support")
            .With("Access:Attributes:region", "regions");
        await access.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await access.DisposeAsync();
        await provider.DisposeAsync();
    }

    [Fact]
    public async Task The_provider_lets_a_person_in_who_is_made_with_the_roles_of_the_groups()
    {
        var browser = access.NewClient();
        var page = await (await GetAsync(browser, "/sign-in?returnUrl=/account")).HtmlAsync();
        var link = page.QuerySelector("a.primary")!;
        Assert.Equal("Sign in at the company", link.TextContent);

        var answer = await GetAsync(browser, await ThereAndBackAsync(browser, link.GetAttribute("href")!));

        Assert.Equal("/account", answer.Headers.Location!.ToString());
        var account = await (await GetAsync(browser, "/account")).HtmlAsync();
        Assert.Equal("carla", account.QuerySelector("h1")!.TextContent);
        Assert.Contains("Roles: sales, support.", account.Body!.TextContent, StringComparison.Ordinal);
        Assert.Null(account.QuerySelector("form[action*=password]"));
        Assert.NotNull(account.QuerySelector("form[action*=out]"));
        Assert.Equal(1, await CountAsync(
            "name = 'carla' AND origin = 'openid' AND subject = 'subject-1' AND email = 'carla@example.com' AND attributes = '{\"region\": [\"DE\", \"AT\"]}'"));
    }

    [Fact]
    public async Task What_is_asked_of_the_provider_has_a_state_and_a_challenge_and_no_secret()
    {
        var asked = QueryHelpers.ParseQuery((await ChallengeAsync(access.NewClient())).Query);

        Assert.Equal("S256", asked["code_challenge_method"]);
        Assert.Equal("openid profile email", asked["scope"]);
        Assert.Equal("http://localhost/sign-in/return", asked["redirect_uri"]);
        Assert.True(asked["state"].ToString().Length > 100);
        Assert.DoesNotContain("client_secret", asked.Keys);
    }

    [Fact]
    public async Task Without_groups_somebody_has_no_roles_and_other_sessions_end()
    {
        var first = await SignedInAsync();
        provider.Person = new { sub = "subject-1", preferred_username = "carla" };

        var second = await SignedInAsync();

        Assert.Equal(1, await CountAsync("name = 'carla' AND roles = '{}' AND attributes = '{}'"));
        Assert.True(await AccessApp.IsInAsync(second));
        Assert.False(await AccessApp.IsInAsync(first));
    }

    [Fact]
    public async Task The_role_of_an_administrator_that_is_taken_away_there_ends_at_the_next_sign_in()
    {
        provider.Person = new { sub = "subject-1", preferred_username = "carla", groups = new[] { "Bosses" } };
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(await SignedInAsync(), "/admin/users")).StatusCode);

        provider.Person = new { sub = "subject-1", preferred_username = "carla", groups = new[] { "unknown" } };

        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(await SignedInAsync(), "/admin/users")).StatusCode);
    }

    [Fact]
    public async Task Somebody_who_is_renamed_there_keeps_the_name_here_and_nobody_else_gets_it()
    {
        await SignedInAsync();
        provider.Person = new { sub = "subject-1", preferred_username = "carla-carlson" };
        await SignedInAsync();
        Assert.Equal(1, await CountAsync("origin = 'openid'"));
        provider.Person = new { sub = "subject-2", preferred_username = "carla" };

        Assert.Equal("/sign-in?because=taken", await RefusedAsync());
    }

    [Theory]
    [InlineData("anna")]
    [InlineData("Admin")]
    public async Task A_name_with_a_password_here_is_taken_over_by_nobody(string name)
    {
        provider.Person = new { sub = "subject-3", preferred_username = name, groups = new[] { "Bosses" } };

        Assert.Equal("/sign-in?because=taken", await RefusedAsync());
        Assert.Equal(3, await CountAsync("origin = 'local'"));
        Assert.Equal(0, await CountAsync("origin = 'openid'"));
    }

    [Fact]
    public async Task Who_is_disabled_stays_disabled_and_reads_so()
    {
        await SignedInAsync();
        var carla = await access.FindAsync("carla");
        Assert.Null(await access.WithPeopleAsync(people => people.DisableAsync(carla.Id, disabled: true)));

        Assert.Equal("/sign-in?because=disabled", await RefusedAsync());
        var page = await GetAsync(access.NewClient(), "/sign-in?because=disabled");
        Assert.Equal(HttpStatusCode.Forbidden, page.StatusCode);
        Assert.Contains("Your account is disabled", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "preferred_username": "carla" }""")]
    [InlineData("""{ "sub": "", "preferred_username": "carla" }""")]
    [InlineData("""{ "sub": "subject-1" }""")]
    [InlineData("""{ "sub": "subject-1", "preferred_username": "<b>carla</b>" }""")]
    [InlineData("""{ "sub": "subject-1", "preferred_username": ["carla", "anna"] }""")]
    [InlineData("""{ "sub": { "a": 1 }, "preferred_username": "carla" }""")]
    [InlineData("[]")]
    public async Task An_answer_that_names_nobody_lets_nobody_in(string told)
    {
        provider.Person = System.Text.Json.JsonDocument.Parse(told);

        Assert.Equal("/sign-in?because=name", await RefusedAsync());
        Assert.Equal(0, await CountAsync("origin = 'openid'"));
    }

    [Fact]
    public async Task Who_says_no_there_is_led_back_and_reads_so()
    {
        provider.Denies = true;

        Assert.Equal("/sign-in?because=denied", await RefusedAsync());
        Assert.Contains("said no", await (await GetAsync(access.NewClient(), "/sign-in?because=denied")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_way_back_with_another_state_lets_nobody_in()
    {
        var browser = access.NewClient();
        var back = await ThereAndBackAsync(browser);
        var other = await ThereAndBackAsync(access.NewClient());
        var query = QueryHelpers.ParseQuery(new Uri(back).Query);
        var otherQuery = QueryHelpers.ParseQuery(new Uri(other).Query);

        Assert.Equal("/sign-in?because=failed", await LocationAsync(browser, WayBack(("code", query["code"]), ("state", "altered" + query["state"]))));
        Assert.Equal("/sign-in?because=failed", await LocationAsync(browser, WayBack(("code", query["code"]), ("state", otherQuery["state"]))));
        Assert.Equal("/sign-in?because=failed", await LocationAsync(browser, WayBack(("code", query["code"]))));
        Assert.False(await AccessApp.IsInAsync(browser));
    }

    [Fact]
    public async Task A_way_back_that_somebody_else_began_lets_nobody_in()
    {
        var back = await ThereAndBackAsync(access.NewClient());
        var victim = access.NewClient();

        Assert.Equal("/sign-in?because=failed", await LocationAsync(victim, back));
        Assert.False(await AccessApp.IsInAsync(victim));
    }

    [Fact]
    public async Task A_way_back_works_once()
    {
        var browser = access.NewClient();
        var back = await ThereAndBackAsync(browser);
        Assert.Equal("/", await LocationAsync(browser, back));

        Assert.Equal("/sign-in?because=failed", await LocationAsync(browser, back));
    }

    [Fact]
    public async Task A_code_that_was_used_is_refused_by_the_provider_and_lets_nobody_in()
    {
        var (first, second) = (access.NewClient(), access.NewClient());
        var used = QueryHelpers.ParseQuery(new Uri(await ThereAndBackAsync(first)).Query);
        await LocationAsync(first, WayBack(("code", used["code"]), ("state", used["state"])));
        var fresh = QueryHelpers.ParseQuery(new Uri(await ThereAndBackAsync(second)).Query);

        var location = await LocationAsync(second, WayBack(("code", used["code"]), ("state", fresh["state"])));

        Assert.Equal("/sign-in?because=failed", location);
        Assert.Equal(["the code is unknown or was used"], provider.Refusals);
    }

    [Fact]
    public async Task A_code_that_was_made_for_another_verifier_lets_nobody_in()
    {
        var browser = access.NewClient();
        var asked = await ChallengeAsync(browser);
        var altered = QueryHelpers.ParseQuery(asked.Query).ToDictionary(pair => pair.Key, pair => (string?)pair.Value.ToString());
        altered["code_challenge"] = WebEncoders.Base64UrlEncode(new byte[32]);

        var back = await FollowAsync(new Uri(QueryHelpers.AddQueryString(asked.GetLeftPart(UriPartial.Path), altered)));

        Assert.Equal("/sign-in?because=failed", await LocationAsync(browser, back));
        Assert.Equal(["the verifier does not fit"], provider.Refusals);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https:evil.example")]
    [InlineData("/\t/evil.example")]
    public async Task The_way_back_ends_within_this_site(string returnUrl)
    {
        var browser = access.NewClient();

        var back = await ThereAndBackAsync(browser, "/sign-in?handler=provider&returnUrl=" + Uri.EscapeDataString(returnUrl));

        Assert.Equal("/", await LocationAsync(browser, back));
    }

    [Fact]
    public async Task What_the_provider_says_of_its_errors_is_not_shown()
    {
        var browser = access.NewClient();
        var state = QueryHelpers.ParseQuery((await ChallengeAsync(browser)).Query)["state"];

        var location = await LocationAsync(browser, WayBack(("error", "<b>planted</b>"), ("state", state)));

        Assert.Equal("/sign-in?because=failed", location);
    }

    private async Task<HttpClient> SignedInAsync()
    {
        var browser = access.NewClient();
        Assert.Equal("/", await LocationAsync(browser, await ThereAndBackAsync(browser)));
        return browser;
    }

    private async Task<string> RefusedAsync()
    {
        var browser = access.NewClient();
        var location = await LocationAsync(browser, await ThereAndBackAsync(browser));
        Assert.False(await AccessApp.IsInAsync(browser));
        return location;
    }

    private static async Task<string> ThereAndBackAsync(HttpClient browser, string link = "/sign-in?handler=provider") =>
        await FollowAsync(await ChallengeAsync(browser, link));

    /// <summary>The address at the provider to which the link leads.</summary>
    private static async Task<Uri> ChallengeAsync(HttpClient browser, string link = "/sign-in?handler=provider") =>
        (await GetAsync(browser, link)).Headers.Location!;

    /// <summary>The address of ours to which the provider leads.</summary>
    private static async Task<string> FollowAsync(Uri asked)
    {
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        return (await browser.GetAsync(asked)).Headers.Location!.ToString();
    }

    private static async Task<string> LocationAsync(HttpClient browser, string address) => (await GetAsync(browser, address)).Headers.Location!.ToString();

    private static Task<HttpResponseMessage> GetAsync(HttpClient client, string address) => client.GetAsync(new Uri(address, UriKind.RelativeOrAbsolute));

    private static string WayBack(params (string Name, string? Value)[] query) =>
        QueryHelpers.AddQueryString("/sign-in/return", query.ToDictionary(part => part.Name, part => part.Value));

    private Task<long> CountAsync(string condition) => access.App.Database.CountAsync($"SELECT count(*) FROM exporthub.app_user WHERE {condition}");
}
