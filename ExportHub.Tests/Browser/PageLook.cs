using Microsoft.Playwright;

namespace ExportHub.Tests.Browser;

/// <summary>How a page is looked at, in light and dark, and what is wrong with it then.</summary>
internal sealed record PageLook(string Size, int Width, bool WithAxe, string Locale = "en-GB")
{
    /// <summary>The colours of everything that is drawn.</summary>
    private const string Colours = """
        () => [...document.querySelectorAll('body, body *')].map(e => {
          const { color, backgroundColor, borderTopColor, fill, stroke } = getComputedStyle(e);
          return `${e.cloneNode(false).outerHTML} ${[color, backgroundColor, borderTopColor, fill, stroke]}`;
        })
        """;

    /// <summary>A small telephone.</summary>
    public static PageLook Narrow { get; } = new("narrow", 320, WithAxe: false);

    /// <summary>Where words are longest.</summary>
    public static PageLook NarrowInGerman { get; } = new("narrow-de", 320, WithAxe: false, "de-DE");

    public static PageLook Wide { get; } = new("wide", 1280, WithAxe: true);

    public void Choose(BrowserNewContextOptions options)
    {
        options.Locale = Locale;
        options.ViewportSize = new() { Width = Width, Height = 800 };
        // Nothing is caught in the middle of fading.
        options.ReducedMotion = ReducedMotion.Reduce;
    }

    public async Task<IReadOnlyList<string>> FaultsAsync(Visitor visitor, string name)
    {
        var faults = new List<string>();
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await visitor.Page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            await PictureAsync(visitor, $"{Size}-{scheme}", name);
            faults.AddRange(from fault in await FaultsAsync(visitor.Page, scheme) select $"{name}, {scheme}: {fault}");
            faults.AddRange(from fault in await UnlikeChosenAsync(visitor.Page, scheme) select $"{name}, {scheme} by choice: {fault}");
        }

        return faults;
    }

    private async Task<IEnumerable<string>> FaultsAsync(IPage page, ColorScheme scheme)
    {
        var wide = await TooWideAsync(page);
        // Nothing but colours differs in the dark.
        return WithAxe ? wide.Concat(await Axe.FaultsAsync(page, scheme == ColorScheme.Dark ? """{ "runOnly": "color-contrast" }""" : "{}")) : wide;
    }

    /// <summary>
    /// What reaches past the right edge of the page or of its card, whether that can be scrolled to or is cut off. A table may scroll inside a region
    /// of its own that the keyboard reaches.
    /// </summary>
    private static Task<string[]> TooWideAsync(IPage page) => page.EvaluateAsync<string[]>("""
        () => {
          const right = e => e.getBoundingClientRect().right;
          const wide = [...document.body.querySelectorAll('*')]
            // A table of data may be scrolled both ways, in a region of its own.
            .filter(e => !e.parentElement?.closest('[role="region"][tabindex="0"]'))
            .filter(e => e.getBoundingClientRect().width > 1 && right(e) > Math.min(innerWidth, right(e.closest('.card') ?? e)) + 1)
            .map(e => `too wide: ${e.cloneNode(false).outerHTML}`);
          const page = document.scrollingElement.scrollWidth;
          return page > innerWidth ? [...wide, `the page is ${page} px wide`] : wide;
        }
        """);

    /// <summary>
    /// What has other colours when the reader chose them than when the system did, so that what axe finds holds for both. Only in one size: no colour
    /// depends on it.
    /// </summary>
    private async Task<IEnumerable<string>> UnlikeChosenAsync(IPage page, ColorScheme scheme)
    {
        if (!WithAxe)
        {
            return [];
        }

        var other = scheme == ColorScheme.Dark ? ColorScheme.Light : ColorScheme.Dark;
        var drawn = await page.EvaluateAsync<string[]>(Colours);
        await page.EmulateMediaAsync(new() { ColorScheme = other, ReducedMotion = ReducedMotion.Reduce });
        await page.EvaluateAsync("theme => document.documentElement.dataset.theme = theme", scheme.ToString().ToLowerInvariant());
        var chosen = await page.EvaluateAsync<string[]>(Colours);
        await page.EvaluateAsync("() => delete document.documentElement.dataset.theme");
        return chosen.Except(drawn);
    }

    private static async Task PictureAsync(Visitor visitor, string look, string name)
    {
        if (Pictures.Folder is { } folder)
        {
            await visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, look, name + ".png"), FullPage = true });
        }
    }
}
