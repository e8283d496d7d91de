using ExportHub.Access;
using ExportHub.Tests.Access;

namespace ExportHub.Tests.Browser;

/// <summary>The pages that there are where people sign in.</summary>
[Collection(BrowserTests.Name)]
public sealed class AccountPagesTests(BrowserApp browser) : IAsyncLifetime
{
    private readonly AccessApp access = new();

    public async Task InitializeAsync()
    {
        access.App.OnPort();
        await access.InitializeAsync();
        await access.App.Database.ExecuteAsync("""
            INSERT INTO exporthub.app_user (id, name, name_key, security_stamp, roles, attributes, origin, subject)
            VALUES (gen_random_uuid(), 'dieter.lang@example.com', 'DIETER.LANG@EXAMPLE.COM', 'stamp', '{sales}', '{"region": ["DE", "AT"], "team": "North and south"}', 'openid', '7')
            """);
    }

    public Task DisposeAsync() => access.DisposeAsync();

    [BrowserFact]
    public Task They_stand_a_small_telephone_light_or_dark() => LookAsync(PageLook.Narrow);

    [BrowserFact]
    public Task Axe_finds_no_fault_on_them_light_or_dark() => LookAsync(PageLook.Wide);

    private async Task LookAsync(PageLook look)
    {
        await using var visitor = await browser.StrangerAsync(options =>
        {
            look.Choose(options);
            options.BaseURL = access.App.Client.BaseAddress!.ToString();
        });
        var faults = new List<string>();
        await visitor.GoAsync("/");
        faults.AddRange(await look.FaultsAsync(visitor, "sign-in"));
        foreach (var code in new[] { 401, 403, 429 })
        {
            await visitor.GoAsync($"/error/{code}");
            faults.AddRange(await look.FaultsAsync(visitor, $"error-{code}"));
        }

        await visitor.GoAsync("/");
        await SignInAsync(visitor, "a wrong password");
        await visitor.Page.Locator("#error-summary").WaitForAsync();
        faults.AddRange(await look.FaultsAsync(visitor, "sign-in-wrong"));

        await SignInAsync(visitor, TestApp.AdminPassword);
        await visitor.Button("Sign out").WaitForAsync();
        await visitor.GoAsync("/account");
        await visitor.Field("What it is for").FillAsync("the nightly load");
        await visitor.Button("Make a token").ClickAsync();
        await visitor.Page.Locator("#new-token").WaitForAsync();
        faults.AddRange(await look.FaultsAsync(visitor, "account"));

        await visitor.GoAsync("/admin/users");
        await visitor.Field("Name").FillAsync("carla");
        await visitor.Field("Roles").FillAsync("sales, support");
        await visitor.Button("Add").ClickAsync();
        await visitor.Page.Locator("#new-password").WaitForAsync();
        faults.AddRange(await look.FaultsAsync(visitor, "users"));

        await visitor.GoAsync("/admin/audit");
        await visitor.Page.Locator("details").First.ClickAsync();
        faults.AddRange(await look.FaultsAsync(visitor, "audit"));

        Assert.Empty(faults);
        Assert.All(visitor.Complaints, complaint => Assert.Matches("/sign-in.*400|/error/", complaint));
        await visitor.Button("Sign out").ClickAsync();
        await visitor.Heading("Sign in").WaitForAsync();
    }

    private static async Task SignInAsync(Visitor visitor, string password)
    {
        await visitor.Field("Name").FillAsync(FirstAdministrator.Name);
        await visitor.Field("Password").FillAsync(password);
        await visitor.Button("Sign in").ClickAsync();
    }
}
