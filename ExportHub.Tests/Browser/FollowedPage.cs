using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace ExportHub.Tests.Browser;

/// <summary>
/// A page that keeps itself current, whose clock only the test moves, so that what the page does and when is told exactly. It keeps a record of what it asks and of
/// how long it means to wait.
/// </summary>
internal sealed class FollowedPage(Visitor visitor) : IAsyncDisposable
{
    private const string Recorder = """
        (() => {
          const record = window.record = [];
          const { fetch, setTimeout } = window;
          window.fetch = (what, ...rest) => {
            record.push(`ask ${what}`);
            return fetch(what, ...rest);
          };
          window.setTimeout = (what, delay, ...rest) => {
            record.push(`wait ${delay}`);
            return setTimeout(what, delay, ...rest);
          };
          let hidden = false;
          Object.defineProperty(document, 'hidden', { get: () => hidden });
          Object.defineProperty(document, 'visibilityState', { get: () => hidden ? 'hidden' : 'visible' });
          window.hide = value => {
            hidden = value;
            document.dispatchEvent(new Event('visibilitychange'));
          };
        })()
        """;

    private static readonly DateTime Morning = new(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);

    public Visitor Visitor => visitor;

    public IPage Page => visitor.Page;

    public ILocator Panel => Page.Locator("#export");

    public ILocator Connection => Page.Locator("#connection");

    public ILocator Live => Page.Locator("#live");

    public static Task<FollowedPage> OpenAsync(BrowserApp browser, StagedExport export) => OpenAsync(browser, export.Address);

    public static async Task<FollowedPage> OpenAsync(BrowserApp browser, string address)
    {
        var visitor = await browser.VisitAsync();
        await visitor.Page.Clock.InstallAsync(new() { TimeDate = Morning });
        await visitor.Page.Clock.PauseAtAsync(Morning.AddSeconds(1));
        await visitor.Page.AddInitScriptAsync(Recorder);
        await visitor.GoAsync(address);
        return new FollowedPage(visitor);
    }

    /// <summary>What the page asked ("ask /api/…") and meant to wait in milliseconds ("wait 500"), in order.</summary>
    public Task<string[]> RecordAsync() => Page.EvaluateAsync<string[]>("record");

    public async Task<int> AskedAsync() => (await RecordAsync()).Count(entry => entry.StartsWith("ask /api/", StringComparison.Ordinal));

    /// <summary>The wait that the page is in, once it has made up its mind after so many of them.</summary>
    public async Task<double> WaitAsync(int number)
    {
        string[] waits = [];
        await Until.TrueAsync(
            async () => (waits = [.. (await RecordAsync()).Where(entry => entry.StartsWith("wait ", StringComparison.Ordinal))]).Length >= number,
            $"wait {number} of the page");
        return double.Parse(waits[number - 1]["wait ".Length..], CultureInfo.InvariantCulture);
    }

    public Task PassAsync(double milliseconds) => Page.Clock.RunForAsync((long)Math.Ceiling(milliseconds));

    /// <summary>Lets the page's wait pass, and returns what it was told when it asked.</summary>
    public async Task<JsonElement> AskAsync(double wait)
    {
        var answer = await Page.RunAndWaitForResponseAsync(() => PassAsync(wait), response => response.Url.Contains("/api/", StringComparison.Ordinal));
        return (await answer.JsonAsync())!.Value;
    }

    public Task HideAsync(bool hidden) => Page.EvaluateAsync("value => hide(value)", hidden);

    public ValueTask DisposeAsync() => visitor.DisposeAsync();
}
