using System.Net;
using ExportHub.Access;
using ExportHub.Tests.Pages;
using Microsoft.AspNetCore.WebUtilities;
using static ExportHub.Tests.Access.External.OpenIdSite;

namespace ExportHub.Tests.Access.External;

/// <summary>The code flow against a real provider.</summary>
public sealed class OpenIdSignInTests : IAsyncLifetime
{
    private readonly OpenIdSite site = new();

    public Task InitializeAsync() => site.InitializeAsync();

    public Task DisposeAsync() => site.DisposeAsync();

    [Fact]
    public async Task The_provider_lets_a_person_in_who_is_made_with_the_roles_of_the_groups()
    {
        var browser = site.Access.NewClient();
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
        Assert.Equal(1, await site.CountAsync(
            "name = 'carla' AND origin = 'openid' AND subject = 'subject-1' AND email = 'carla@example.com' AND attributes = '{\"region\": [\"DE\", \"AT\"]}'"));
    }

    [Fact]
    public async Task What_is_asked_of_the_provider_has_a_state_and_a_challenge_and_no_secret()
    {
        var asked = QueryHelpers.ParseQuery((await ChallengeAsync(site.Access.NewClient())).Query);

        Assert.Equal("S256", asked["code_challenge_method"]);
        Assert.Equal("openid profile email", asked["scope"]);
        Assert.Equal("http://localhost/sign-in/return", asked["redirect_uri"]);
        Assert.True(asked["state"].ToString().Length > 100);
        Assert.DoesNotContain("client_secret", asked.Keys);
    }

    [Fact]
    public async Task Without_groups_somebody_has_no_roles_and_other_sessions_end()
    {
        var first = await site.SignedInAsync();
        site.Provider.Person = new { sub = "subject-1", preferred_username = "carla" };

        var second = await site.SignedInAsync();

        Assert.Equal(1, await site.CountAsync("name = 'carla' AND roles = '{}' AND attributes = '{}'"));
        Assert.True(await AccessApp.IsInAsync(second));
        Assert.False(await AccessApp.IsInAsync(first));
    }

    [Fact]
    public async Task The_role_of_an_administrator_that_is_taken_away_there_ends_at_the_next_sign_in()
    {
        site.Provider.Person = new { sub = "subject-1", preferred_username = "carla", groups = new[] { "Bosses" } };
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(await site.SignedInAsync(), "/admin/users")).StatusCode);

        site.Provider.Person = new { sub = "subject-1", preferred_username = "carla", groups = new[] { "unknown" } };

        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(await site.SignedInAsync(), "/admin/users")).StatusCode);
    }

    [Fact]
    public async Task Somebody_who_is_renamed_there_keeps_the_name_here_and_nobody_else_gets_it()
    {
        await site.SignedInAsync();
        site.Provider.Person = new { sub = "subject-1", preferred_username = "carla-carlson" };
        await site.SignedInAsync();
        Assert.Equal(1, await site.CountAsync("origin = 'openid'"));
        site.Provider.Person = new { sub = "subject-2", preferred_username = "carla" };

        Assert.Equal("/sign-in?because=taken", await site.RefusedAsync());
    }

    [Theory]
    [InlineData("anna")]
    [InlineData("Admin")]
    public async Task A_name_with_a_password_here_is_taken_over_by_nobody(string name)
    {
        site.Provider.Person = new { sub = "subject-3", preferred_username = name, groups = new[] { "Bosses" } };

        Assert.Equal("/sign-in?because=taken", await site.RefusedAsync());
        Assert.Equal(3, await site.CountAsync("origin = 'local'"));
        Assert.Equal(0, await site.CountAsync("origin = 'openid'"));
    }

    [Fact]
    public async Task Who_is_disabled_stays_disabled_and_reads_so()
    {
        await site.SignedInAsync();
        var carla = await site.Access.FindAsync("carla");
        Assert.Null(await site.Access.WithPeopleAsync(people => people.DisableAsync(carla.Id, disabled: true)));

        Assert.Equal("/sign-in?because=disabled", await site.RefusedAsync());
        var page = await GetAsync(site.Access.NewClient(), "/sign-in?because=disabled");
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
        site.Provider.Person = System.Text.Json.JsonDocument.Parse(told);

        Assert.Equal("/sign-in?because=name", await site.RefusedAsync());
        Assert.Equal(0, await site.CountAsync("origin = 'openid'"));
    }

    [Fact]
    public async Task Who_says_no_there_is_led_back_and_reads_so()
    {
        site.Provider.Denies = true;

        Assert.Equal("/sign-in?because=denied", await site.RefusedAsync());
        Assert.Contains("said no", await (await GetAsync(site.Access.NewClient(), "/sign-in?because=denied")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
