using System.Net;
using AngleSharp.Html.Dom;
using ExportHub.Access;
using ExportHub.Tests.Pages;

namespace ExportHub.Tests.Access;

public sealed class SignInTests : IAsyncLifetime
{
    private readonly AccessApp access = new();

    public Task InitializeAsync() => access.InitializeAsync();

    public Task DisposeAsync() => access.DisposeAsync();

    [Fact]
    public async Task A_page_leads_to_the_sign_in_and_from_there_back()
    {
        var client = access.NewClient();

        var answer = await GetAsync(client, "/exports?status=completed");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var there = answer.Headers.Location!;
        Assert.StartsWith("/sign-in?", there.IsAbsoluteUri ? there.PathAndQuery : there.ToString(), StringComparison.Ordinal);

        var back = await AccessApp.SignInAsync(client, FirstAdministrator.Name, TestApp.AdminPassword, "/exports?status=completed");
        Assert.Equal("/exports?status=completed", back.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(client, "/exports?status=completed")).StatusCode);
    }

    [Theory]
    [InlineData("/account")]
    [InlineData("/admin/users")]
    [InlineData("/admin/operations")]
    [InlineData("/openapi/v1.json")]
    public async Task Nobody_sees_anything_without_a_sign_in(string address) =>
        Assert.Contains((await GetAsync(access.NewClient(), address)).StatusCode, new[] { HttpStatusCode.Redirect, HttpStatusCode.Unauthorized });

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("https:evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("\t//evil.example")]
    [InlineData(" //evil.example")]
    [InlineData("evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("~//evil.example")]
    [InlineData("/\r\nSet-Cookie: a=b")]
    public async Task The_way_back_stays_within_this_site(string returnUrl)
    {
        var answer = await AccessApp.SignInAsync(access.NewClient(), FirstAdministrator.Name, TestApp.AdminPassword, returnUrl);

        Assert.Equal("/", answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_program_without_a_sign_in_gets_a_401_it_can_read()
    {
        var answer = await GetAsync(access.NewClient(), "/api/exports");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Pages_for_administrators_are_refused_to_others()
    {
        var anna = await access.SignedInAsync("anna");
        var admin = await access.SignedInAsync(FirstAdministrator.Name);

        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(anna, "/admin/users")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(admin, "/admin/users")).StatusCode);
    }

    [Fact]
    public async Task The_last_administrator_stays_one()
    {
        var admin = await access.FindAsync(FirstAdministrator.Name);

        Assert.NotNull(await access.WithPeopleAsync(people => people.GiveRolesAsync(admin.Id, [])));
        Assert.NotNull(await access.WithPeopleAsync(people => people.DisableAsync(admin.Id, disabled: true)));
        Assert.Equal([Roles.Admin], (await access.FindAsync(FirstAdministrator.Name)).Roles);
    }

    [Fact]
    public async Task A_way_back_that_only_looks_like_another_site_is_gone_as_it_stands()
    {
        var answer = await AccessApp.SignInAsync(access.NewClient(), FirstAdministrator.Name, TestApp.AdminPassword, "/%09/evil.example");

        // A browser takes %09 for a part of the path, not for a TAB.
        Assert.Equal("/%09/evil.example", answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_name_that_no_database_takes_is_a_wrong_one()
    {
        var client = access.NewClient();
        var page = await (await GetAsync(client, "/sign-in")).HtmlAsync();
        // In the other kind of form, the framework refuses it.
        using var fields = new MultipartFormDataContent
        {
            { new StringContent("admin\0"), "name" },
            { new StringContent(TestApp.AdminPassword), "password" },
            { new StringContent(page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!), "__RequestVerificationToken" },
        };

        var answer = await client.PostAsync(new Uri("/sign-in", UriKind.Relative), fields);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Who_sends_the_form_without_its_cookie_reads_why()
    {
        var page = await (await GetAsync(access.NewClient(), "/sign-in")).HtmlAsync();
        var fields = Form.Fields((IHtmlFormElement)page.QuerySelector("main form")!);

        var answer = await access.NewClient().PostAsync(new Uri("/sign-in", UriKind.Relative), new FormUrlEncodedContent(fields));

        Assert.Equal("/sign-in?because=cookie", answer.Headers.Location!.ToString());
        var words = await (await GetAsync(access.NewClient(), "/sign-in?because=cookie")).Content.ReadAsStringAsync();
        Assert.Contains("the browser kept no cookie", words, StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> GetAsync(HttpClient client, string address) => client.GetAsync(new Uri(address, UriKind.Relative));
}
