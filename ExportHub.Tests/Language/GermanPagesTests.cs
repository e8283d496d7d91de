using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Html.Dom;
using ExportHub.Files;
using ExportHub.Tests.Pages;
using Microsoft.Extensions.DependencyInjection;

namespace ExportHub.Tests.Language;

/// <summary>What a reader of German is shown, and what stays English for everybody.</summary>
public sealed class GermanPagesTests(GermanPagesTests.Site site) : IClassFixture<GermanPagesTests.Site>
{
    [Theory]
    [InlineData("/", "Daten als Datei holen", "Datenbestände")]
    [InlineData("/verify", "Ist diese Datei unverändert?", "Oder ihre SHA-256")]
    [InlineData("/admin/operations", "Betrieb", "Freier Platz")]
    [InlineData("/admin/operations?act=pause", "Betrieb", "Neue Anforderungen werden freundlich abgelehnt. Was angenommen ist, geht weiter.")]
    [InlineData("/admin/audit", "Protokoll", "Wer was getan hat, das Neueste zuerst.")]
    [InlineData("/nowhere", "Hier ist nichts", "Daten sind nicht betroffen.")]
    public async Task A_page_is_German(string address, string heading, string words)
    {
        var page = await (await GetAsync(address)).HtmlAsync();

        Assert.Equal("de", page.DocumentElement.GetAttribute("lang"));
        Assert.Equal(heading, page.QuerySelector("h1")!.TextContent);
        Assert.Contains(words, page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_state_is_told_in_German_on_the_page_and_in_English_to_a_program()
    {
        var page = await (await GetAsync("/admin/operations")).HtmlAsync();
        var report = await (await GetAsync("/api/operations")).Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal("Nichts läuft, und nichts wartet.", page.QuerySelector("#sentence")!.TextContent);
        Assert.Equal("Nothing runs and nothing waits.", report.GetProperty("state").GetProperty("sentence").GetString());
    }

    [Fact]
    public async Task What_a_German_page_asked_for_is_made_in_English()
    {
        var form = (IHtmlFormElement)(await (await GetAsync("/request/orders")).HtmlAsync()).QuerySelector("form[data-request]")!;
        var fields = Form.Fields(form).Append(KeyValuePair.Create("act", "export"));
        using var ask = new HttpRequestMessage(HttpMethod.Post, form.GetAttribute("action")) { Content = new FormUrlEncodedContent(fields) };
        ask.Headers.Add("Accept-Language", "de");

        var answer = await site.Reader.SendAsync(ask);
        await site.App.EndAsync(Guid.Parse(answer.Headers.Location!.ToString().Split('/')[^1]));

        Assert.Equal("en", Assert.Single(site.Store.Languages));
    }

    [Fact]
    public void Who_chose_no_language_speaks_English_whatever_the_server_speaks()
    {
        _ = site.App.Services;

        Assert.Equal("en", CultureInfo.DefaultThreadCurrentUICulture?.Name);
    }

    private async Task<HttpResponseMessage> GetAsync(string address)
    {
        using var ask = new HttpRequestMessage(HttpMethod.Get, address);
        ask.Headers.Add("Accept-Language", "de-DE,de;q=0.9,en;q=0.5");
        return await site.Reader.SendAsync(ask);
    }

    public sealed class Site : IAsyncLifetime
    {
        public TestApp App { get; } = new();

        public HttpClient Reader => App.Client;

        internal OverheardStore Store { get; private set; } = null!;

        public Task InitializeAsync()
        {
            Store = new OverheardStore(App.FilesFolder);
            App.With(services => services.AddSingleton<IFileStore>(Store));
            return App.InitializeAsync();
        }

        public Task DisposeAsync() => App.DisposeAsync();
    }

    /// <summary>The local store, which knows what language was spoken when a file was begun.</summary>
    internal sealed class OverheardStore(string folder) : IFileStore
    {
        private readonly LocalFileStore store = new(folder);

        public ConcurrentBag<string> Languages { get; } = [];

        public Task<IFilePart> CreateAsync(string name, FileLabel label, CancellationToken cancel)
        {
            Languages.Add(CultureInfo.CurrentUICulture.Name);
            return store.CreateAsync(name, label, cancel);
        }

        public Task<Stream?> OpenAsync(string name, CancellationToken cancel) => store.OpenAsync(name, cancel);

        public Task<bool> DeleteAsync(string name, CancellationToken cancel) => store.DeleteAsync(name, cancel);

        public Task<long?> FreeBytesAsync(CancellationToken cancel) => store.FreeBytesAsync(cancel);

        public IAsyncEnumerable<StoredObject> ListAsync(CancellationToken cancel) => store.ListAsync(cancel);

        public Task<bool> DeleteAsync(StoredObject stored, CancellationToken cancel) => store.DeleteAsync(stored, cancel);
    }
}
