using System.Net;
using AngleSharp.Html.Dom;
using ExportHub.Access;
using ExportHub.Tests.Pages;

namespace ExportHub.Tests.Access;

/// <summary>Who came in, who was refused, and what was done to accounts and tokens.</summary>
public sealed class AuditOfPeopleTests : IAsyncLifetime
{
    private readonly AccessApp access = new();

    private TestDatabase Database => access.App.Database;

    public Task InitializeAsync() => access.InitializeAsync();

    public Task DisposeAsync() => access.DisposeAsync();

    [Fact]
    public async Task Sign_ins_are_in_it_whether_done_refused_or_locked_and_sign_outs_too()
    {
        var anna = await access.SignedInAsync("anna");
        var page = await (await GetAsync(anna, "/exports")).HtmlAsync();
        await PostAsync(anna, (IHtmlFormElement)page.QuerySelector("form[action='/sign-in?handler=out']")!);
        for (var n = 0; n < 6; n++)
        {
            await AccessApp.SignInAsync(access.NewClient(), "bert", "guess");
        }

        await AccessApp.SignInAsync(access.NewClient(), "no\r\nbody", "guess");

        var audit = (await Database.AuditAsync()).Where(entry => entry.Act.StartsWith("sign_", StringComparison.Ordinal)).Select(entry => (entry.Act, entry.Who, entry.How, entry.Subject)).ToList();
        Assert.Equal(("sign_in", "anna", "session", "anna"), audit[0]);
        Assert.Equal(("sign_out", "anna", "session", "anna"), audit[1]);
        Assert.Equal(("sign_in_refused", null, "nobody", "bert"), audit[2]);
        Assert.Equal(("sign_in_locked", null, "nobody", "bert"), audit[^2]);
        Assert.Equal(("sign_in_refused", null, "nobody", "no\r\nbody"), audit[^1]);
    }

    [Fact]
    public async Task Nobody_is_signed_in_whose_sign_in_cannot_be_kept()
    {
        await Database.RefuseAsync(AuditActs.SignedIn);
        var client = access.NewClient();

        var answer = await AccessApp.SignInAsync(client, FirstAdministrator.Name, TestApp.AdminPassword);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await GetAsync(client, "/exports")).StatusCode);
    }

    [Fact]
    public async Task What_administrators_do_to_accounts_is_in_it_with_roles_before_and_after()
    {
        var admin = await access.SignedInAsync(FirstAdministrator.Name);
        await PostAsync(admin, await FormAsync(admin, "/admin/users", "create"), ("name", "carla"), ("roles", "sales"));
        var carla = (await access.FindAsync("carla")).Id.ToString();
        foreach (var act in new[] { "roles", "disable", "enable", "reset" })
        {
            await PostAsync(admin, await FormAsync(admin, "/admin/users", act), ("id", carla), ("roles", "sales, support"));
        }

        var audit = (await Database.AuditAsync()).Where(entry => entry.Subject == "carla").ToList();

        Assert.Equal(["user_added", "roles_given", "user_disabled", "user_enabled", "password_reset"], audit.Select(entry => entry.Act));
        Assert.All(audit, entry => Assert.Equal(("admin", "session"), (entry.Who, entry.How)));
        Assert.Equal(("""["sales"]""", """["sales", "support"]"""), (audit[1].Text("before"), audit[1].Text("after")));
    }

    [Fact]
    public async Task What_people_change_about_themselves_is_in_it_and_the_token_itself_is_not()
    {
        var client = access.NewClient();
        await AccessApp.SignInAsync(client, FirstAdministrator.Name, TestApp.AdminPassword);
        var made = await PostAsync(client, await FormAsync(client, "/account", "token"), ("tokenName", "nightly"), ("scopes", "read"), ("days", "3"));
        var token = (await made.HtmlAsync()).QuerySelector("#new-token code")!.TextContent;
        await PostAsync(client, await FormAsync(client, "/account", "revoke"));
        await PostAsync(client, await FormAsync(client, "/account", "password"), ("current", TestApp.AdminPassword), ("next", "another long password"));

        var audit = (await Database.AuditAsync()).Where(entry => entry is { Who: "admin", Subject: "admin" }).ToList();

        Assert.Equal(["sign_in", "token_made", "token_revoked", "password_changed"], audit.Select(entry => entry.Act));
        Assert.Equal(("nightly", """["read"]"""), (audit[1].Text("name"), audit[1].Text("scopes")));
        Assert.DoesNotContain(token, string.Concat((await Database.AuditAsync()).Select(entry => entry.ToString())), StringComparison.Ordinal);
        Assert.All(await Database.AuditAsync(), entry => Assert.DoesNotContain("another long password", entry.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_change_of_an_account_that_cannot_be_kept_is_not_made()
    {
        var anna = await access.FindAsync("anna");
        await Database.RefuseAsync("user_disabled");

        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => access.WithPeopleAsync(people => people.DisableAsync(anna.Id, disabled: true)));

        Assert.False((await access.FindAsync("anna")).Disabled);
    }

    private static Task<HttpResponseMessage> GetAsync(HttpClient client, string address) => client.GetAsync(new Uri(address, UriKind.Relative));

    private static async Task<IHtmlFormElement> FormAsync(HttpClient client, string address, string handler) =>
        (await (await GetAsync(client, address)).HtmlAsync()).QuerySelectorAll("main form").Cast<IHtmlFormElement>()
            .First(form => form.GetAttribute("action")!.EndsWith($"handler={handler}", StringComparison.Ordinal));

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, IHtmlFormElement form, params (string Name, string Value)[] changes)
    {
        var fields = Form.Fields(form).Where(field => !changes.Any(change => change.Name == field.Key))
            .Concat(changes.Select(change => KeyValuePair.Create(change.Name, change.Value)));
        return client.PostAsync(new Uri(form.GetAttribute("action")!, UriKind.Relative), new FormUrlEncodedContent(fields));
    }
}
