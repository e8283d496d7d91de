using System.Net;
using ExportHub.Access;
using ExportHub.Tests.Pages;

namespace ExportHub.Tests.Access.External;

/// <summary>People whom a proxy names. The test is the proxy: it connects from 127.0.0.1, to a real port.</summary>
public sealed class ProxySignInTests : IAsyncLifetime
{
    private readonly AccessApp access = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => access.DisposeAsync();

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.0.0.0/8, 127.0.0.0/8")]
    public async Task The_proxy_is_believed_and_the_person_is_made_with_the_roles_of_the_groups(string addresses)
    {
        await StartAsync(addresses);

        var answer = await AskAsync("/account", ("X-Forwarded-User", "carla"), ("X-Forwarded-Email", "carla@example.com"), ("X-Forwarded-Groups", "Sellers, unknown"), ("X-Region", "EU"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = await answer.HtmlAsync();
        Assert.Equal("carla", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("Roles: sales, support.", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("form[action*=password], form[action*=out]"));
        Assert.Equal(1, await CountAsync("name = 'carla' AND origin = 'proxy' AND password_hash IS NULL AND email = 'carla@example.com' AND attributes = '{\"region\": \"EU\"}'"));
        Assert.False(answer.Headers.TryGetValues("Set-Cookie", out var set) && set.Any(cookie => cookie.Contains("session", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("10.0.0.0/8")]
    [InlineData("127.0.0.2, ::1")]
    public async Task From_any_other_address_the_headers_are_ignored(string? addresses)
    {
        // Somebody has told the application to believe every X-Forwarded-For.
        access.App.With("ForwardedHeaders_Enabled", "true");
        await StartAsync(addresses);

        var answer = await AskAsync("/exports", ("X-Forwarded-User", "carla"), ("X-Forwarded-Groups", "Bosses"), ("X-Forwarded-For", "10.0.0.1"), ("X-Original-For", "10.0.0.1"));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(0, await CountAsync("name = 'carla'"));
    }

    [Fact]
    public async Task The_proxy_is_believed_whomever_it_speaks_for()
    {
        access.App.With("ForwardedHeaders_Enabled", "true");
        await StartAsync();

        Assert.Equal(HttpStatusCode.OK, (await AskAsync("/exports", ("X-Forwarded-User", "carla"), ("X-Forwarded-For", "203.0.113.9"))).StatusCode);
    }

    [Fact]
    public async Task Groups_are_the_roles_at_each_request_anew()
    {
        await StartAsync();

        Assert.Equal(HttpStatusCode.OK, (await AskAsync("/admin/users", ("X-Forwarded-User", "carla"), ("X-Forwarded-Groups", "Bosses"))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync("/admin/users", ("X-Forwarded-User", "carla"), ("X-Forwarded-Groups", "bosses"))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync("/admin/users", ("X-Forwarded-User", "carla"))).StatusCode);
        Assert.Equal(1, await CountAsync("name = 'carla' AND roles = '{}'"));
    }

    [Fact]
    public async Task Many_first_requests_at_once_make_one_person()
    {
        await StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => AskAsync("/exports", ("X-Forwarded-User", "carla"))));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(1, await CountAsync("name = 'carla'"));
    }

    [Fact]
    public async Task Who_is_disabled_stays_disabled_and_reads_so()
    {
        await StartAsync();
        await AskAsync("/exports", ("X-Forwarded-User", "carla"));
        var carla = await access.FindAsync("carla");
        Assert.Null(await access.WithPeopleAsync(people => people.DisableAsync(carla.Id, disabled: true)));

        var page = await AskAsync("/exports", ("X-Forwarded-User", "carla"));
        var program = await AskAsync("/api/exports", ("X-Forwarded-User", "carla"));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (page.StatusCode, program.StatusCode));
        Assert.Contains("Your account is disabled", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("anna", "another way of signing in")]
    [InlineData("ADMIN", "another way of signing in")]
    [InlineData("DOMAIN\\carla", "a name that ExportHub cannot use")]
    [InlineData("carla carlson", "a name that ExportHub cannot use")]
    [InlineData("<script>", "a name that ExportHub cannot use")]
    [InlineData("", "a name that ExportHub cannot use")]
    public async Task A_name_that_is_taken_or_not_allowed_is_refused(string name, string words)
    {
        await StartAsync();

        var answer = await AskAsync("/exports", ("X-Forwarded-User", name), ("X-Forwarded-Groups", "Bosses"));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains(words, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(3, await CountAsync("origin = 'local'"));
        Assert.Equal(0, await CountAsync("origin = 'proxy'"));
    }

    [Fact]
    public async Task A_name_that_comes_twice_is_refused()
    {
        await StartAsync();

        var answer = await AskAsync("/exports", ("X-Forwarded-User", "carla"), ("X-Forwarded-User", "dora"));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(0, await CountAsync("origin = 'proxy'"));
    }

    [Fact]
    public async Task A_form_of_another_site_does_nothing_in_the_name_of_whom_the_proxy_knows()
    {
        await StartAsync();

        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync("cross-site"));
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync("same-origin"));

        async Task<HttpStatusCode> PostAsync(string site)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/exports/{Guid.CreateVersion7()}/cancel");
            request.Headers.Add("X-Forwarded-User", "carla");
            request.Headers.Add("Sec-Fetch-Site", site);
            return (await NewBrowser().SendAsync(request)).StatusCode;
        }
    }

    [Fact]
    public async Task A_token_counts_before_the_proxy_and_who_is_not_named_signs_in_as_ever()
    {
        await StartAsync();
        var anna = await access.WithTokenAsync("anna", Scopes.Read);
        anna.DefaultRequestHeaders.Add("X-Forwarded-User", "carla");

        Assert.Equal(HttpStatusCode.OK, (await anna.GetAsync(new Uri("/api/exports", UriKind.Relative))).StatusCode);
        Assert.Equal(0, await CountAsync("origin = 'proxy'"));
        Assert.True(await AccessApp.IsInAsync(await SignedInAsync("bert")));
    }

    [Fact]
    public async Task Roles_and_passwords_of_such_people_are_not_given_here_and_they_are_not_the_last_administrator()
    {
        await StartAsync();
        await AskAsync("/exports", ("X-Forwarded-User", "carla"), ("X-Forwarded-Groups", "Bosses"));
        var (carla, admin) = (await access.FindAsync("carla"), await access.FindAsync(FirstAdministrator.Name));

        Assert.Contains("groups", await access.WithPeopleAsync(people => people.GiveRolesAsync(carla.Id, ["sales"])), StringComparison.Ordinal);
        Assert.Contains("no password here", (await access.WithPeopleAsync(people => people.ResetPasswordAsync(carla.Id))).Fault, StringComparison.Ordinal);
        Assert.NotNull(await access.WithPeopleAsync(people => people.DisableAsync(admin.Id, disabled: true)));
        var page = await (await (await SignedInAsync(FirstAdministrator.Name)).GetAsync(new Uri("/admin/users", UriKind.Relative))).HtmlAsync();
        Assert.Contains("from the groups at each sign-in", page.Body!.TextContent, StringComparison.Ordinal);
    }

    private Task StartAsync(string? addresses = "127.0.0.1")
    {
        access.App.OnPort().With("Access:Groups:Bosses", "admin").With("Access:Groups:Sellers", "sales, support").With("Access:Attributes:region", "X-Region");
        if (addresses is not null)
        {
            access.App.With("Access:Proxy:Addresses", addresses);
        }

        return access.InitializeAsync();
    }

    private Task<HttpResponseMessage> AskAsync(string address, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return NewBrowser().SendAsync(request);
    }

    private async Task<HttpClient> SignedInAsync(string name)
    {
        var browser = NewBrowser();
        Assert.Equal(HttpStatusCode.Redirect, (await AccessApp.SignInAsync(browser, name, access.PasswordOf(name))).StatusCode);
        return browser;
    }

    /// <summary>On a real port, the one of the factory follows where it is led.</summary>
    private HttpClient NewBrowser() => new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = access.App.Client.BaseAddress };

    private Task<long> CountAsync(string condition) => access.App.Database.CountAsync($"SELECT count(*) FROM exporthub.app_user WHERE {condition}");
}
