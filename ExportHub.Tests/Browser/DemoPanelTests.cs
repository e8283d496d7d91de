using ExportHub.Database.Embedded;
using ExportHub.Tests.Processes;

namespace ExportHub.Tests.Browser;

/// <summary>The sign-in page as `dotnet run` shows it, with the people for a first look, and here with a provider too.</summary>
[Collection(BrowserTests.Name)]
public sealed class DemoPanelTests(BrowserApp browser) : IAsyncLifetime
{
    private readonly EmbeddedPostgres observer = TestServer.Describe(TestServer.NewFolder());
    private readonly DirectoryInfo files = Directory.CreateTempSubdirectory("exporthub-demo-");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await observer.StopAbandonedAsync(CancellationToken.None);
        observer.Folders.Delete();
        files.Delete(recursive: true);
    }

    [BrowserFact]
    public Task It_stands_a_small_telephone_and_one_click_leads_inside() => LookAsync(PageLook.Narrow);

    [BrowserFact]
    public Task Axe_finds_no_fault_on_it_and_one_click_leads_inside() => LookAsync(PageLook.Wide);

    private async Task LookAsync(PageLook look)
    {
        await using var app = await AppProcess.StartAsync(
            [("ASPNETCORE_ENVIRONMENT", "Development")],
            [
                ("Database:Folder", observer.Folders.Root), ("Demo:Seed", "false"), ("Files:Folder", files.FullName),
                ("Access:OpenId:AuthorizationEndpoint", "https://login.example.com/a"), ("Access:OpenId:TokenEndpoint", "https://login.example.com/t"),
                ("Access:OpenId:UserInformationEndpoint", "https://login.example.com/u"), ("Access:OpenId:ClientId", "exporthub"), ("Access:OpenId:ClientSecret", "secret"),
            ]);
        await using var visitor = await browser.StrangerAsync(options =>
        {
            look.Choose(options);
            options.BaseURL = app.Client.BaseAddress!.ToString();
        });
        await visitor.GoAsync("/");

        var faults = await look.FaultsAsync(visitor, "sign-in-demo");
        await visitor.Button("Sign in as anna").ClickAsync();
        await visitor.Button("Sign out").WaitForAsync();

        Assert.Empty(faults);
        Assert.Empty(visitor.Complaints);
    }
}
