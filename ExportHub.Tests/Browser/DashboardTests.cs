using ExportHub.Access;
using ExportHub.Exports;
using ExportHub.Tests.Access;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ExportHub.Tests.Browser;

/// <summary>The job engine's own pages under our content policy, as an administrator and as somebody who may only look.</summary>
[Collection(BrowserTests.Name)]
public sealed class DashboardTests(BrowserApp browser) : IAsyncLifetime
{
    private static readonly string[] Places = ["", "/recurring", "/jobs/enqueued", "/jobs/failed", "/servers"];

    private readonly AccessApp access = new();

    public async Task InitializeAsync()
    {
        access.App.OnPort();
        await access.InitializeAsync();
    }

    public Task DisposeAsync() => access.DisposeAsync();

    [BrowserFact]
    public async Task An_administrator_runs_a_failed_job_again_and_the_browser_has_nothing_to_complain_of()
    {
        if (access.App.Services.GetRequiredService<IJobEngine>().Dashboard is not { } dashboard)
        {
            return;
        }

        await FailAsync();
        await using var visitor = await VisitAsync(FirstAdministrator.Name, TestApp.AdminPassword);
        await LookAroundAsync(visitor, dashboard);

        await visitor.GoAsync(dashboard + "/jobs/failed");
        await visitor.Page.Locator("input.js-jobs-list-checkbox").First.CheckAsync();
        await visitor.Page.Locator("button[data-url$='/jobs/failed/requeue']").ClickAsync();
        await Expect(visitor.Page.Locator("input.js-jobs-list-checkbox")).ToHaveCountAsync(0);

        Assert.Empty(visitor.Complaints);
        await visitor.GoAsync("/admin/audit?act=dashboard");
        await Expect(visitor.Page.GetByText("admin sent “jobs/failed/requeue” on the dashboard of the job engine")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task Support_sees_the_same_and_finds_nothing_to_press()
    {
        if (access.App.Services.GetRequiredService<IJobEngine>().Dashboard is not { } dashboard)
        {
            return;
        }

        await FailAsync();
        var password = (await access.WithPeopleAsync(people => people.AddAsync("sue", [Roles.Support]))).Password!;
        await using var visitor = await VisitAsync("sue", password);
        await LookAroundAsync(visitor, dashboard);

        // The dashboard asks for its figures by POST, every few seconds.
        var figures = await visitor.Page.WaitForResponseAsync(response => response.Url.EndsWith("/stats", StringComparison.Ordinal));
        Assert.Equal(200, figures.Status);
        await visitor.GoAsync(dashboard + "/jobs/failed");
        await Expect(visitor.Page.Locator("table tbody tr").First).ToBeVisibleAsync();
        await Expect(visitor.Page.Locator("button[data-url]")).ToHaveCountAsync(0);
        Assert.Empty(visitor.Complaints);
    }

    private static async Task LookAroundAsync(Visitor visitor, string dashboard)
    {
        foreach (var place in Places)
        {
            Assert.Equal(200, (await visitor.GoAsync(dashboard + place))!.Status);
        }
    }

    /// <summary>An export that fails leaves a failed job.</summary>
    private async Task FailAsync()
    {
        await access.App.WriteDatasetAsync("divided", """{ "title": "Divided", "key": ["id"], "query": "SELECT n AS id, 1 / (n - 5) AS part FROM generate_series(1, 9) AS n" }""");
        await access.App.ExportAsync(new { dataset = "divided", format = "csv" });
    }

    private async Task<Visitor> VisitAsync(string name, string password)
    {
        var visitor = await browser.StrangerAsync(options => options.BaseURL = access.App.Client.BaseAddress!.ToString());
        await visitor.GoAsync("/");
        await visitor.SignInAsync(name, password);
        return visitor;
    }
}
