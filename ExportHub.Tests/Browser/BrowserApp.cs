using System.Globalization;
using ExportHub.Access;
using Microsoft.Playwright;

namespace ExportHub.Tests.Browser;

/// <summary>One application on a port and one browser for all tests with a browser. Each test comes as a new <see cref="Visitor"/>.</summary>
public sealed class BrowserApp : IAsyncLifetime
{
    private const float Patience = 30_000;

    private Task<string>? session;
    private IPlaywright? playwright;
    private IBrowser? browser;

    public TestApp App { get; } = new();

    public async Task InitializeAsync()
    {
        if (Chromium.Executable is null)
        {
            return;
        }

        await App.InitializeAsync();
        await App.WriteDatasetAsync("endless", """
            {
              "title": "Endless", "key": ["id"],
              "query": "SELECT n AS id, md5(n::text) AS hash FROM (SELECT generate_series(1, 2000000000) AS n) AS endless"
            }
            """);
        await App.WriteDatasetAsync("lost", """{ "title": "Lost", "from": "public.a_table_with_quite_a_long_name_that_does_not_exist_anywhere" }""");
        await App.WriteDatasetAsync("letters", """{ "title": "Letters", "from": "public.orders", "rights": { "export": ["*"], "raw": ["*"] } }""");
        App.OnPort().With("Polling:InitialDelay", "00:00:00.5").With("Exports:Workers", "8").With("Exports:RunningPerUser", "100").With("Exports:PreviewTime", "00:00:10");
        Assertions.SetDefaultExpectTimeout(Patience);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(Chromium.Launch);
    }

    public async Task DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
            playwright!.Dispose();
            await App.DisposeAsync();
        }
    }

    /// <summary>The administrator, who has signed in, with nothing else in the browser.</summary>
    internal async Task<Visitor> VisitAsync(Action<BrowserNewContextOptions>? choose = null)
    {
        // The classes run one after the other, so that nobody else is signing in now.
        var state = await (session ??= SignInAsync());
        return await StrangerAsync(options =>
        {
            options.StorageState = state;
            choose?.Invoke(options);
        });
    }

    /// <summary>Somebody who was never here: no cookies, no cache.</summary>
    internal async Task<Visitor> StrangerAsync(Action<BrowserNewContextOptions>? choose = null)
    {
        var options = new BrowserNewContextOptions { BaseURL = App.Client.BaseAddress!.ToString(), Locale = "en-GB", TimezoneId = "Europe/Berlin" };
        choose?.Invoke(options);
        var context = await browser!.NewContextAsync(options);
        context.SetDefaultTimeout(Patience);
        return new Visitor(context, await context.NewPageAsync(), CultureInfo.GetCultureInfo(options.Locale!));
    }

    /// <summary>The cookies of a sign-in.</summary>
    private async Task<string> SignInAsync()
    {
        await using var visitor = await StrangerAsync();
        await visitor.GoAsync("/");
        await visitor.SignInAsync(FirstAdministrator.Name, TestApp.AdminPassword);
        return await visitor.CookiesAsync();
    }
}

/// <summary>The classes with a browser share it, and run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<BrowserApp>
{
    public const string Name = "Browser";
}
