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
    public async Task The_way_back_stays_within_this_site(string returnUrl)
    {
        var answer = await AccessApp.SignInAsync(access.NewClient(), FirstAdministrator.Name, TestApp.AdminPassword, returnUrl);

        Assert.Equal("/", answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_name_get_the_same_answer()
    {
        var wrong = await AccessApp.SignInAsync(access.NewClient(), "anna", "not her password");
        var unknown = await AccessApp.SignInAsync(access.NewClient(), "nobody", "not her password");

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (wrong.StatusCode, unknown.StatusCode));
        Assert.Contains("Name or password is not right.", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("Name or password is not right.", await unknown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_five_wrong_passwords_the_right_one_has_to_wait()
    {
        for (var n = 0; n < 5; n++)
        {
            await AccessApp.SignInAsync(access.NewClient(), FirstAdministrator.Name, "guess");
        }

        var right = await AccessApp.SignInAsync(access.NewClient(), FirstAdministrator.Name, TestApp.AdminPassword);

        Assert.Equal(HttpStatusCode.BadRequest, right.StatusCode);
        Assert.Contains("too many wrong passwords", await right.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_without_a_sign_in_gets_a_401_it_can_read()
    {
        var answer = await GetAsync(access.NewClient(), "/api/exports");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_disabled_account_is_out_within_seconds()
    {
        var client = await access.SignedInAsync("anna");
        var anna = await access.FindAsync("anna");
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(client, "/exports")).StatusCode);

        Assert.Null(await access.WithPeopleAsync(people => people.DisableAsync(anna.Id, disabled: true)));

        await Until.TrueAsync(async () => (await GetAsync(client, "/exports")).StatusCode == HttpStatusCode.Redirect, "the session to end");
    }

    [Fact]
    public async Task Who_signs_out_is_out()
    {
        var client = await access.SignedInAsync("anna");
        var page = await (await GetAsync(client, "/exports")).HtmlAsync();
        var form = (IHtmlFormElement)page.QuerySelector("form[action='/sign-in?handler=out']")!;

        var answer = await client.PostAsync(new Uri(form.GetAttribute("action")!, UriKind.Relative), new FormUrlEncodedContent(Form.Fields(form)));

        Assert.Equal("/sign-in", answer.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.Redirect, (await GetAsync(client, "/exports")).StatusCode);
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

    private static Task<HttpResponseMessage> GetAsync(HttpClient client, string address) => client.GetAsync(new Uri(address, UriKind.Relative));
}
