using System.Collections.Concurrent;
using System.Globalization;
using ExportHub.Language;
using Microsoft.Playwright;

namespace ExportHub.Tests.Browser;

/// <summary>One person with a browser of their own, who notices everything that the browser complains about.</summary>
internal sealed class Visitor : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly ConcurrentQueue<string> complaints = [];
    private readonly ConcurrentQueue<IRequest> requests = [];

    /// <param name="language">Of the browser.</param>
    public Visitor(IBrowserContext context, IPage page, CultureInfo language)
    {
        this.context = context;
        Language = language;
        Page = page;
        page.Console += (_, message) => Complain(message.Type is "error" or "warning", $"{message.Type}: {message.Text}");
        page.PageError += (_, error) => Complain(true, error);
        page.Dialog += async (_, dialog) =>
        {
            Complain(true, $"dialog: {dialog.Message}");
            await dialog.DismissAsync();
        };
        page.Request += (_, request) => requests.Enqueue(request);
    }

    public IPage Page { get; }

    /// <summary>In which the pages are read.</summary>
    public CultureInfo Language { get; set; }

    public IEnumerable<IRequest> Requests => requests;

    /// <summary>Errors and warnings of the console, refusals of the content policy among them; uncaught exceptions; dialogs.</summary>
    public IEnumerable<string> Complaints => complaints;

    public Task<IResponse?> GoAsync(string address) => Page.GotoAsync(address);

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = Read(name), Exact = true });

    public ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new() { Name = Read(name), Exact = true });

    public ILocator Heading(string name) => Page.GetByRole(AriaRole.Heading, new() { Name = Read(name), Exact = true });

    public ILocator Field(string label) => Page.GetByLabel(Read(label), new() { Exact = true });

    /// <summary>On the page that asks for it.</summary>
    public async Task SignInAsync(string name, string password)
    {
        await Field("Name").FillAsync(name);
        await Field("Password").FillAsync(password);
        await Button("Sign in").ClickAsync();
        await Button("Sign out").WaitForAsync();
    }

    /// <summary>As a new browser can be given them.</summary>
    public async Task<string> CookiesAsync() => await context.StorageStateAsync();

    public async ValueTask DisposeAsync() => await context.DisposeAsync();

    /// <summary>What the visitor reads where an English one reads this, so that a way through the pages is written once.</summary>
    private string Read(string english)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = Language;
        try
        {
            return Text.Recall(english);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private void Complain(bool really, string text)
    {
        if (really)
        {
            complaints.Enqueue($"{Page.Url} {text}");
        }
    }
}
