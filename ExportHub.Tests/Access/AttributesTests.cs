using System.Net;
using AngleSharp.Html.Dom;
using ExportHub.Access;
using ExportHub.Tests.Pages;

namespace ExportHub.Tests.Access;

/// <summary>What row filters compare with, as administrators write it.</summary>
public sealed class AttributesTests(AccessApp access) : IClassFixture<AccessApp>
{
    [Fact]
    public void Lines_are_read_and_written_alike()
    {
        var (read, fault) = Attributes.Parse("region = EU\r\nteam=a=b\n\nregion=US\nregion=EU");

        Assert.Null(fault);
        Assert.Equal(["EU", "US"], read["region"]);
        Assert.Equal("region=EU\nregion=US\nteam=a=b", read.ToLines());
    }

    [Theory]
    [InlineData("region", "The attribute region has no value.")]
    [InlineData("region=", "The attribute region has no value.")]
    [InlineData("Region=EU", "An attribute is written as")]
    [InlineData("=EU", "An attribute is written as")]
    [InlineData("name=admin", "“name” cannot be an attribute")]
    [InlineData("roles=admin", "“roles” cannot be an attribute")]
    [InlineData("region=E\tU", "printable characters")]
    public void What_cannot_be_one_is_refused_with_a_sentence(string lines, string said)
    {
        var (read, fault) = Attributes.Parse(lines);

        Assert.Empty(read);
        Assert.Contains(said, fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_administrator_gives_them_on_the_page_and_the_sessions_of_the_person_end()
    {
        var (admin, anna) = (await access.SignedInAsync(FirstAdministrator.Name), await access.SignedInAsync("anna"));

        Assert.Contains("The attributes are changed.", await SendAsync(admin, "anna", "region=EU\nregion=US\nteam=blue"), StringComparison.Ordinal);

        Assert.Equal("region=EU\nregion=US\nteam=blue", (await access.FindAsync("anna")).Attributes.ToLines());
        Assert.Equal(
            1, await access.App.Database.CountAsync("""SELECT count(*) FROM exporthub.app_user WHERE attributes = '{ "region": ["EU", "US"], "team": "blue" }'"""));
        await Until.TrueAsync(
            async () => (await anna.GetAsync(new Uri("/exports", UriKind.Relative))).StatusCode == HttpStatusCode.Redirect, "the session to end");
    }

    [Fact]
    public async Task What_cannot_be_an_attribute_changes_nothing()
    {
        var admin = await access.SignedInAsync(FirstAdministrator.Name);

        Assert.Contains("The attribute region has no value.", await SendAsync(admin, "bert", "region="), StringComparison.Ordinal);

        Assert.Empty((await access.FindAsync("bert")).Attributes);
    }

    [Fact]
    public async Task Other_changes_of_an_account_leave_them_alone()
    {
        await access.AddAsync("emil");
        var emil = await access.FindAsync("emil");
        await access.App.Database.ExecuteAsync("""UPDATE exporthub.app_user SET attributes = '{ "region": "EU" }' WHERE name = 'emil'""");

        Assert.Null(await access.WithPeopleAsync(people => people.GiveRolesAsync(emil.Id, ["sales"])));

        Assert.Equal("region=EU", (await access.FindAsync("emil")).Attributes.ToLines());
    }

    private async Task<string> SendAsync(HttpClient admin, string name, string attributes)
    {
        var person = await access.FindAsync(name);
        var page = await (await admin.GetAsync(new Uri("/admin/users", UriKind.Relative))).HtmlAsync();
        var form = page.QuerySelectorAll("form[action='/admin/users?handler=attributes']").Cast<IHtmlFormElement>()
            .Single(form => Form.Fields(form).Any(field => field.Value == person.Id.ToString()));
        var fields = Form.Fields(form).Where(field => field.Key != "attributes").Append(new("attributes", attributes));
        return await (await admin.PostAsync(new Uri(form.GetAttribute("action")!, UriKind.Relative), new FormUrlEncodedContent(fields))).Content.ReadAsStringAsync();
    }
}
