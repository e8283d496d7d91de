using System.Net;
using ExportHub.Access;
using ExportHub.Tests.Pages;
using Microsoft.AspNetCore.WebUtilities;
using static ExportHub.Tests.Access.External.OpenIdSite;

namespace ExportHub.Tests.Access.External;

/// <summary>Ways back from the provider that nobody began, or that were tampered with.</summary>
public sealed class OpenIdAttackTests : IAsyncLifetime
{
    private readonly OpenIdSite site = new();

    public Task InitializeAsync() => site.InitializeAsync();

    public Task DisposeAsync() => site.DisposeAsync();

    [Fact]
    public async Task A_way_back_with_another_state_lets_nobody_in()
    {
        var browser = site.Access.NewClient();
        var back = await ThereAndBackAsync(browser);
        var other = await ThereAndBackAsync(site.Access.NewClient());
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
        var back = await ThereAndBackAsync(site.Access.NewClient());
        var victim = site.Access.NewClient();

        Assert.Equal("/sign-in?because=failed", await LocationAsync(victim, back));
        Assert.False(await AccessApp.IsInAsync(victim));
    }

    [Fact]
    public async Task A_way_back_works_once()
    {
        var browser = site.Access.NewClient();
        var back = await ThereAndBackAsync(browser);
        Assert.Equal("/", await LocationAsync(browser, back));

        Assert.Equal("/sign-in?because=failed", await LocationAsync(browser, back));
    }

    [Fact]
    public async Task A_code_that_was_used_is_refused_by_the_provider_and_lets_nobody_in()
    {
        var (first, second) = (site.Access.NewClient(), site.Access.NewClient());
        var used = QueryHelpers.ParseQuery(new Uri(await ThereAndBackAsync(first)).Query);
        await LocationAsync(first, WayBack(("code", used["code"]), ("state", used["state"])));
        var fresh = QueryHelpers.ParseQuery(new Uri(await ThereAndBackAsync(second)).Query);

        var location = await LocationAsync(second, WayBack(("code", used["code"]), ("state", fresh["state"])));

        Assert.Equal("/sign-in?because=failed", location);
        Assert.Equal(["the code is unknown or was used"], site.Provider.Refusals);
    }

    [Fact]
    public async Task A_code_that_was_made_for_another_verifier_lets_nobody_in()
    {
        var browser = site.Access.NewClient();
        var asked = await ChallengeAsync(browser);
        var altered = QueryHelpers.ParseQuery(asked.Query).ToDictionary(pair => pair.Key, pair => (string?)pair.Value.ToString());
        altered["code_challenge"] = WebEncoders.Base64UrlEncode(new byte[32]);

        var back = await FollowAsync(new Uri(QueryHelpers.AddQueryString(asked.GetLeftPart(UriPartial.Path), altered)));

        Assert.Equal("/sign-in?because=failed", await LocationAsync(browser, back));
        Assert.Equal(["the verifier does not fit"], site.Provider.Refusals);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https:evil.example")]
    [InlineData("/\t/evil.example")]
    public async Task The_way_back_ends_within_this_site(string returnUrl)
    {
        var browser = site.Access.NewClient();

        var back = await ThereAndBackAsync(browser, "/sign-in?handler=provider&returnUrl=" + Uri.EscapeDataString(returnUrl));

        Assert.Equal("/", await LocationAsync(browser, back));
    }

    [Fact]
    public async Task What_the_provider_says_of_its_errors_is_not_shown()
    {
        var browser = site.Access.NewClient();
        var state = QueryHelpers.ParseQuery((await ChallengeAsync(browser)).Query)["state"];

        var location = await LocationAsync(browser, WayBack(("error", "<b>planted</b>"), ("state", state)));

        Assert.Equal("/sign-in?because=failed", location);
    }
}
