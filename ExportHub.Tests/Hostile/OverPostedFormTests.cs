using System.Net;
using ExportHub.Access;
using ExportHub.Tests.Access;
using ExportHub.Tests.Pages;
using Microsoft.Extensions.DependencyInjection;

namespace ExportHub.Tests.Hostile;

/// <summary>Fields that no page has, added to its forms: what only the service says stays what the service says.</summary>
public sealed class OverPostedFormTests(RightsApp rights) : IClassFixture<RightsApp>
{
    private static readonly IReadOnlyList<(string Field, string Value)> Added =
    [
        ("owner", "bert"), ("Form.Owner", "bert"), ("requestedBy", "bert"), ("requested_by", "bert"), ("Form.RequestedBy", "bert"), ("User.Identity.Name", "admin"), ("viewer.SeesAll", "true"),
        ("tenant", "other"), ("status", "completed"), ("Form.Status", "completed"), ("id", "0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a"), ("Form.Id", "0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a"),
        ("region", "US"), ("user.region", "US"), ("@user.region", "US"), ("attributes", "region=US"), ("Form.Attributes", "region=US"), ("attributes[region]", "US"),
        ("roles", "finance"), ("roles", "admin"), ("Form.Roles", "admin"), ("scope", "all"), ("rowFilter", "true"), ("Form.RowFilter", "true"), ("Dataset.Definition.RowFilter", "true"),
        ("Dataset.Name", "silent"), ("Form.Dataset", "silent"), ("Dataset.Definition.From", "exporthub.app_user"), ("asAdministrator", "true"), ("Form.Raw", "true"), ("lane", "fast"),
        ("columns", "iban"), ("columns", "secret"), ("order", "secret"), ("filters[0].column", "secret"), ("sort[0].column", "iban"), ("Form.Columns", "iban"),
    ];

    public static TheoryData<string, string> Fields => Those(_ => true);

    /// <summary>What an account has.</summary>
    public static TheoryData<string, string> OfAccounts => Those(name => name is "id" or "roles" or "Form.Roles" or "attributes" or "asAdministrator" or "User.Identity.Name");

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task The_request_form_gives_nobody_anothers_rows_or_name(string field, string value)
    {
        var anna = await rights.Access.SignedInAsync("anna");
        var form = await PageForms.FieldsAsync(anna, "/request/deals", "/request/deals?send");
        form.RemoveAll(given => given.Key == "format");
        form.AddRange([new("format", "jsonl"), new(field, value)]);
        var before = await ExportsAsync();

        var answer = await PageForms.SendAsync(anna, $"/request/deals?send&{Uri.EscapeDataString(field)}={Uri.EscapeDataString(value)}", form);

        if (answer.StatusCode == HttpStatusCode.OK)
        {
            // A column that is not hers is a fault, and so is a form of which a part is called otherwise than the page calls it.
            Assert.Matches("column$|^Form", field);
            Assert.NotNull((await answer.HtmlAsync()).QuerySelector("#error-summary"));
            Assert.Equal(before, await ExportsAsync());
            return;
        }

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var id = Guid.Parse(answer.Headers.Location!.ToString().Split('/')[^1]);
        Assert.Equal("completed", (await rights.App.EndAsync(id)).GetProperty("status").GetString());
        Assert.Equal(1, await rights.App.Database.CountAsync(
            $"SELECT count(*) FROM exporthub.export WHERE id = '{id}' AND requested_by = 'anna' AND NOT as_administrator AND dataset = 'deals' AND attempt = 1"));
        var lines = (await anna.GetStringAsync(new Uri($"/api/exports/{id}/file", UriKind.Relative))).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.All(lines, line => Assert.Matches("""^\{"id":[15],"region":"EU","amount":\d+\}$""", line));
    }

    [Theory]
    [MemberData(nameof(OfAccounts))]
    public async Task The_forms_of_an_account_change_nobody_elses_and_give_nothing(string field, string value)
    {
        var anna = await rights.Access.SignedInAsync("anna");
        var (before, bert) = (await PeopleAsync(), await rights.Access.FindAsync("bert"));
        List<KeyValuePair<string, string>> added =
            [new(field, value), new("Me.Id", $"{bert.Id}"), new("userId", $"{bert.Id}"), new("Me.Roles", "admin"), new("scopes", Scopes.Admin), new("Name", "bert")];

        var form = await PageForms.FieldsAsync(anna, "/account", "/account?handler=token");
        form.RemoveAll(given => given.Key == "tokenName");
        await PageForms.SendAsync(anna, $"/account?handler=token&userId={bert.Id}", [.. form, new("tokenName", $"{field} {value}"), .. added]);
        await PageForms.SendAsync(anna, "/account?handler=password", [.. await PageForms.FieldsAsync(anna, "/account", "/account?handler=password"), .. added]);

        Assert.Equal(before, await PeopleAsync());
        var mine = await rights.App.Services.GetRequiredService<TokenStore>().ListAsync((await rights.Access.FindAsync("anna")).Id, default);
        Assert.Equal([Scopes.Read], Assert.Single(mine, token => token.Name == $"{field} {value}").Scopes);
        Assert.DoesNotContain(await rights.App.Services.GetRequiredService<TokenStore>().ListAsync(bert.Id, default), token => token.Name != "test");
    }

    [Theory]
    [MemberData(nameof(OfAccounts))]
    public async Task The_sign_in_lets_in_whose_password_it_is_and_changes_no_account(string field, string value)
    {
        var before = await PeopleAsync();
        var client = rights.Access.NewClient();
        var form = (await PageForms.FieldsAsync(client, "/sign-in", "/sign-in")).Where(given => given.Key is not ("name" or "password"));

        var answer = await PageForms.SendAsync(
            client,
            $"/sign-in?{Uri.EscapeDataString(field)}={Uri.EscapeDataString(value)}",
            [.. form, new("name", "anna"), new("password", rights.Access.PasswordOf("anna")), new(field, value), new("name", "admin"), new("User.Name", "admin")]);

        // Two names are joined to one that nobody has, or the first counts; the second never does.
        Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Redirect, HttpStatusCode.BadRequest });
        Assert.Equal(HttpStatusCode.Forbidden, (await (await rights.Access.SignedInAsync("anna")).GetAsync(new Uri("/admin/users", UriKind.Relative))).StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, (await client.GetAsync(new Uri("/admin/users", UriKind.Relative))).StatusCode);
        Assert.Equal(before, await PeopleAsync());
    }

    [Fact]
    public async Task A_token_of_somebody_else_is_not_revoked()
    {
        await rights.AsAsync("bert");
        var bert = await rights.Access.FindAsync("bert");
        var tokens = rights.App.Services.GetRequiredService<TokenStore>();
        var anna = await rights.Access.SignedInAsync("anna");
        var theirs = (await tokens.ListAsync(bert.Id, default))[0];

        await PageForms.SendAsync(anna, "/account?handler=revoke", [new(PageForms.Token, await PageForms.TokenAsync(anna)), new("id", $"{theirs.Id}"), new("userId", $"{bert.Id}")]);

        Assert.Null((await tokens.ListAsync(bert.Id, default)).Single(token => token.Id == theirs.Id).RevokedAt);
    }

    private static TheoryData<string, string> Those(Func<string, bool> wanted)
    {
        var those = new TheoryData<string, string>();
        foreach (var (name, value) in Added.Where(added => wanted(added.Field)))
        {
            those.Add(name, value);
        }

        return those;
    }

    private Task<long> ExportsAsync() => rights.App.Database.CountAsync("SELECT count(*) FROM exporthub.export");

    private async Task<string> PeopleAsync()
    {
        await using var command = rights.App.Database.Pool.CreateCommand("SELECT string_agg(to_jsonb(app_user)::text, E'\\n' ORDER BY id) FROM exporthub.app_user");
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
