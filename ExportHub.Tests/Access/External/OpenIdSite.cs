using System.Net;
using ExportHub.Access;
using ExportHub.Tests.Pages;
using Microsoft.AspNetCore.WebUtilities;

namespace ExportHub.Tests.Access.External;

/// <summary>The application with a real provider beside it. The test is the browser, and sees every step of the code flow.</summary>
internal sealed class OpenIdSite : IAsyncLifetime
{
    private static readonly object Carla = new
    {
        sub = "subject-1", preferred_username = "carla", email = "carla@example.com", groups = new[] { "Sellers", "unknown" }, regions = new[] { "DE", "AT" },
    };

    public AccessApp Access { get; } = new();

    public AuthorizationServer Provider { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Provider = await AuthorizationServer.StartAsync();
        Provider.Person = Carla;
        Access.App
            .With("Access:OpenId:AuthorizationEndpoint", Provider.Address + "/authorize")
            .With("Access:OpenId:TokenEndpoint", Provider.Address + "/token")
            .With("Access:OpenId:UserInformationEndpoint", Provider.Address + "/userinfo")
            .With("Access:OpenId:ClientId", AuthorizationServer.ClientId)
            .With("Access:OpenId:ClientSecret", AuthorizationServer.ClientSecret)
            .With("Access:OpenId:Title", "Sign in at the company")
            .With("Access:Groups:Bosses", "admin").With("Access:Groups:Sellers", "sales, support")
            .With("Access:Attributes:region", "regions");
        await Access.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await Access.DisposeAsync();
        await Provider.DisposeAsync();
    }

    public async Task<HttpClient> SignedInAsync()
    {
        var browser = Access.NewClient();
        Assert.Equal("/", await LocationAsync(browser, await ThereAndBackAsync(browser)));
        return browser;
    }

    public async Task<string> RefusedAsync()
    {
        var browser = Access.NewClient();
        var location = await LocationAsync(browser, await ThereAndBackAsync(browser));
        Assert.False(await AccessApp.IsInAsync(browser));
        return location;
    }

    public static async Task<string> ThereAndBackAsync(HttpClient browser, string link = "/sign-in?handler=provider") =>
        await FollowAsync(await ChallengeAsync(browser, link));

    /// <summary>The address at the provider to which the link leads.</summary>
    public static async Task<Uri> ChallengeAsync(HttpClient browser, string link = "/sign-in?handler=provider") =>
        (await GetAsync(browser, link)).Headers.Location!;

    /// <summary>The address of ours to which the provider leads.</summary>
    public static async Task<string> FollowAsync(Uri asked)
    {
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        return (await browser.GetAsync(asked)).Headers.Location!.ToString();
    }

    public static async Task<string> LocationAsync(HttpClient browser, string address) => (await GetAsync(browser, address)).Headers.Location!.ToString();

    public static Task<HttpResponseMessage> GetAsync(HttpClient client, string address) => client.GetAsync(new Uri(address, UriKind.RelativeOrAbsolute));

    public static string WayBack(params (string Name, string? Value)[] query) =>
        QueryHelpers.AddQueryString("/sign-in/return", query.ToDictionary(part => part.Name, part => part.Value));

    public Task<long> CountAsync(string condition) => Access.App.Database.CountAsync($"SELECT count(*) FROM exporthub.app_user WHERE {condition}");
}
