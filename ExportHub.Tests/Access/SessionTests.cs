using System.Net;
using AngleSharp.Html.Dom;
using ExportHub.Access;
using ExportHub.Tests.Pages;

namespace ExportHub.Tests.Access;

/// <summary>When a cookie of a session is worth nothing any more. Each cookie is sent by somebody who has nothing but the cookie.</summary>
public sealed class SessionTests : IAsyncLifetime
{
    private readonly AccessApp access = new();

    public Task InitializeAsync() => access.InitializeAsync();

    public Task DisposeAsync() => access.DisposeAsync();

    [Fact]
    public async Task A_cookie_is_dead_after_sign_out_whoever_kept_it()
    {
        var (anna, copy) = await SignInAsync();

        await PostAsync(anna, "/exports", "/sign-in?handler=out");

        Assert.False(await AccessApp.IsInAsync(copy));
        Assert.False(await AccessApp.IsInAsync(anna));
    }

    [Fact]
    public async Task Signing_out_ends_no_other_session_of_the_person()
    {
        var (anna, _) = await SignInAsync();
        var (_, elsewhere) = await SignInAsync();

        await PostAsync(anna, "/exports", "/sign-in?handler=out");

        Assert.True(await AccessApp.IsInAsync(elsewhere));
    }

    [Fact]
    public async Task Signing_in_begins_a_new_session_and_ends_the_one_before()
    {
        var (anna, planted) = await SignInAsync();

        await AccessApp.SignInAsync(anna, "bert", access.PasswordOf("bert"));

        Assert.True(await AccessApp.IsInAsync(anna));
        Assert.False(await AccessApp.IsInAsync(planted));
    }

    [Fact]
    public async Task A_new_password_asks_for_the_old_one_and_ends_the_other_sessions()
    {
        var (anna, copy) = await SignInAsync();

        var wrong = await ChangePasswordAsync(anna, "not her password");
        Assert.Contains("Incorrect password", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.True(await AccessApp.IsInAsync(copy));

        var right = await ChangePasswordAsync(anna, access.PasswordOf("anna"));
        Assert.Contains("Your password is changed", await right.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.False(await AccessApp.IsInAsync(copy));
        Assert.True(await AccessApp.IsInAsync(anna));
    }

    [Fact]
    public async Task Whoever_has_the_session_cannot_guess_at_the_password_for_long()
    {
        var (anna, _) = await SignInAsync();
        for (var n = 0; n < 5; n++)
        {
            await ChangePasswordAsync(anna, "guess");
        }

        var right = await ChangePasswordAsync(anna, access.PasswordOf("anna"));

        Assert.Contains("too many wrong passwords", await right.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("disable")]
    [InlineData("roles")]
    [InlineData("password")]
    public async Task What_an_administrator_changes_ends_the_sessions_at_once(string change)
    {
        var (_, copy) = await SignInAsync();
        var anna = await access.FindAsync("anna");
        Assert.True(await AccessApp.IsInAsync(copy));

        Assert.Null(await access.WithPeopleAsync(async people => change switch
        {
            "disable" => await people.DisableAsync(anna.Id, disabled: true),
            "roles" => await people.GiveRolesAsync(anna.Id, ["sales"]),
            _ => (await people.ResetPasswordAsync(anna.Id)).Fault,
        }));

        Assert.False(await AccessApp.IsInAsync(copy));
    }

    [Fact]
    public async Task A_session_ends_at_its_limit_whatever_signs_of_life_there_were()
    {
        var (_, copy) = await SignInAsync();
        await access.App.Database.ExecuteAsync("UPDATE exporthub.app_session SET started_at = started_at - interval '6 days 23 hours'");
        Assert.True(await AccessApp.IsInAsync(copy));

        await access.App.Database.ExecuteAsync("UPDATE exporthub.app_session SET started_at = started_at - interval '1 hour'");

        // Told by the database, a moment after the change.
        await Until.TrueAsync(async () => !await AccessApp.IsInAsync(copy), "the session is over");
    }

    [Fact]
    public async Task Sessions_that_are_over_are_forgotten_at_the_next_sign_in()
    {
        await SignInAsync();
        await access.App.Database.ExecuteAsync("UPDATE exporthub.app_session SET started_at = started_at - interval '8 days'");

        await SignInAsync();

        Assert.Equal(1, await access.App.Database.CountAsync("SELECT count(*) FROM exporthub.app_session"));
    }

    private async Task<(HttpClient Anna, HttpClient Copy)> SignInAsync()
    {
        var anna = access.NewClient();
        var answer = await AccessApp.SignInAsync(anna, "anna", access.PasswordOf("anna"));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return (anna, access.WithCookiesOf(answer));
    }

    private static Task<HttpResponseMessage> ChangePasswordAsync(HttpClient client, string current) =>
        PostAsync(client, "/account", "/account?handler=password", ("current", current), ("next", "another long password"));

    /// <summary>Sends the form of a page with these fields.</summary>
    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string page, string action, params (string Name, string Value)[] changes)
    {
        var shown = await (await client.GetAsync(new Uri(page, UriKind.Relative))).HtmlAsync();
        var fields = Form.Fields((IHtmlFormElement)shown.QuerySelector($"form[action='{action}']")!)
            .Where(field => !changes.Any(change => change.Name == field.Key))
            .Concat(changes.Select(change => KeyValuePair.Create(change.Name, change.Value)));
        return await client.PostAsync(new Uri(action, UriKind.Relative), new FormUrlEncodedContent(fields));
    }
}
