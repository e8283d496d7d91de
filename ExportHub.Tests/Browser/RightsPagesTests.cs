using ExportHub.Access;
using ExportHub.Tests.Access;

namespace ExportHub.Tests.Browser;

/// <summary>The pages as they are for people who may not do everything.</summary>
[Collection(BrowserTests.Name)]
public sealed class RightsPagesTests(BrowserApp browser) : IAsyncLifetime
{
    private readonly RightsApp rights = new();

    public Task InitializeAsync()
    {
        rights.App.OnPort();
        return rights.InitializeAsync();
    }

    public Task DisposeAsync() => rights.DisposeAsync();

    [BrowserFact]
    public Task They_stand_a_small_telephone_light_or_dark() => LookAsync(PageLook.Narrow);

    [BrowserFact]
    public Task Axe_finds_no_fault_on_them_light_or_dark() => LookAsync(PageLook.Wide);

    private async Task LookAsync(PageLook look)
    {
        var made = await rights.CompletedAsync(await rights.AsAsync("anna"), new { dataset = "deals", format = "csv" });
        var file = $"/exports/{made.GetProperty("id").GetGuid()}";
        var faults = new List<string>();
        await using (var admin = await SignedInAsync(look, FirstAdministrator.Name))
        {
            await admin.GoAsync("/admin/users");
            await admin.Page.GetByLabel("Attributes of anna, one line for each value").FillAsync("region=US\nregion=EU\nteam=a rather long name of a team");
            await admin.Button("Save the attributes of anna").ClickAsync();
            await admin.Page.GetByText("The attributes are changed.").WaitForAsync();
            faults.AddRange(await look.FaultsAsync(admin, "users-attributes"));
        }

        await using (var dora = await SignedInAsync(look, "dora"))
        {
            faults.AddRange(await look.FaultsAsync(dora, "home-see-only"));
            await dora.GoAsync("/request/deals");
            faults.AddRange(await look.FaultsAsync(dora, "request-see-only"));
        }

        await using var anna = await SignedInAsync(look, "anna");
        await anna.GoAsync(file);
        await anna.Page.GetByText("Which rows you may see has changed").WaitForAsync();
        faults.AddRange(await look.FaultsAsync(anna, "status-not-permitted"));
        Assert.Empty(faults);
        Assert.Empty(anna.Complaints);
    }

    private async Task<Visitor> SignedInAsync(PageLook look, string name)
    {
        var visitor = await browser.StrangerAsync(options =>
        {
            look.Choose(options);
            options.BaseURL = rights.App.Client.BaseAddress!.ToString();
        });
        await visitor.GoAsync("/");
        await visitor.SignInAsync(name, rights.Access.PasswordOf(name));
        return visitor;
    }
}
