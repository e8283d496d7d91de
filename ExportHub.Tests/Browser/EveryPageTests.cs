using Microsoft.Playwright;

namespace ExportHub.Tests.Browser;

/// <summary>What must hold on every page in every state.</summary>
[Collection(BrowserTests.Name)]
public sealed class EveryPageTests(BrowserApp browser)
{
    /// <summary>Set it to a folder to get a picture of every page, wide and narrow, light and dark.</summary>
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("EXPORTHUB_TEST_PICTURES");

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
        Assert.All(visitor.Complaints, complaint => Assert.Matches("/nowhere .*404|/(verify|admin/operations) .*400", complaint));
    }

    [BrowserFact]
    public Task No_page_scrolls_sideways_or_is_cut_off_on_a_small_telephone_light_or_dark() =>
        LookAsync("narrow", 320, (page, _) => TooWideAsync(page));

    [BrowserFact]
    public Task Axe_finds_no_fault_on_any_page_light_or_dark() => LookAsync("wide", 1280, async (page, scheme) =>
    [
        .. await TooWideAsync(page),
        // Nothing but colours differs in the dark.
        .. await Axe.FaultsAsync(page, scheme == ColorScheme.Dark ? """{ "runOnly": "color-contrast" }""" : "{}"),
    ]);

    private async Task LookAsync(string size, int width, Func<IPage, ColorScheme, Task<string[]>> judge)
    {
        await using var visitor = await browser.VisitAsync(options =>
        {
            options.ViewportSize = new() { Width = width, Height = 800 };
            // Nothing is caught in the middle of fading.
            options.ReducedMotion = ReducedMotion.Reduce;
        });
        var faults = new List<string>();
        await OnEveryPageAsync(visitor, async name =>
        {
            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await visitor.Page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
                await PictureAsync(visitor, $"{size}-{scheme}", name);
                faults.AddRange(from fault in await judge(visitor.Page, scheme) select $"{name}, {scheme}: {fault}");
            }
        });

        Assert.Empty(faults);
    }

    /// <summary>What reaches past the right edge of the page or of its card, whether that can be scrolled to or is cut off.</summary>
    private static Task<string[]> TooWideAsync(IPage page) => page.EvaluateAsync<string[]>("""
        () => {
          const right = e => e.getBoundingClientRect().right;
          const wide = [...document.body.querySelectorAll('*')]
            .filter(e => e.getBoundingClientRect().width > 1 && right(e) > Math.min(innerWidth, right(e.closest('.card') ?? e)) + 1)
            .map(e => `too wide: ${e.cloneNode(false).outerHTML}`);
          const page = document.scrollingElement.scrollWidth;
          return page > innerWidth ? [...wide, `the page is ${page} px wide`] : wide;
        }
        """);

    private async Task OnEveryPageAsync(Visitor visitor, Func<string, Task> look)
    {
        foreach (var (name, go) in await EveryPage.StageAsync(browser.App))
        {
            await go(visitor);
            await look(name);
        }
    }

    private static async Task PictureAsync(Visitor visitor, string look, string name)
    {
        if (Pictures is not null)
        {
            await visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, look, name + ".png"), FullPage = true });
        }
    }
}
