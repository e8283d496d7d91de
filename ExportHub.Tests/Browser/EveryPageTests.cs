namespace ExportHub.Tests.Browser;

/// <summary>What must hold on every page in every state.</summary>
[Collection(BrowserTests.Name)]
[Trait("Category", Pictures.Category)]
public sealed class EveryPageTests(BrowserApp browser)
{
    [BrowserFact]
    public async Task No_page_breaks_its_content_policy_or_makes_the_console_complain()
    {
        await using var visitor = await browser.VisitAsync();
        var policies = new List<string?>();
        visitor.Page.Response += (_, response) =>
        {
            if (response.Request.IsNavigationRequest && response.Status != 302)
            {
                policies.Add(response.Headers.GetValueOrDefault("content-security-policy"));
            }
        };

        await OnEveryPageAsync(visitor, _ => Task.CompletedTask);

        Assert.All(policies, policy => Assert.StartsWith("default-src 'self'; ", policy, StringComparison.Ordinal));
        // That a page is not there, or that a form was wrong, is all that the browser may say.
        Assert.All(visitor.Complaints, complaint => Assert.Matches("/nowhere .*404|/(verify|exports\\S*|admin/operations) .*400", complaint));
    }

    [BrowserFact]
    public Task No_page_scrolls_sideways_or_is_cut_off_on_a_small_telephone_light_or_dark() => LookAsync(PageLook.Narrow);

    [BrowserFact]
    public Task No_page_scrolls_sideways_or_is_cut_off_in_German() => LookAsync(PageLook.NarrowInGerman);

    [BrowserFact]
    public Task Axe_finds_no_fault_on_any_page_light_or_dark() => LookAsync(PageLook.Wide);

    private async Task LookAsync(PageLook look)
    {
        await using var visitor = await browser.VisitAsync(look.Choose);
        var faults = new List<string>();
        await OnEveryPageAsync(visitor, async name => faults.AddRange(await look.FaultsAsync(visitor, name)));

        Assert.Empty(faults);
    }

    private async Task OnEveryPageAsync(Visitor visitor, Func<string, Task> look)
    {
        foreach (var (name, go) in await EveryPage.StageAsync(browser.App))
        {
            await go(visitor);
            await look(name);
        }
    }
}
