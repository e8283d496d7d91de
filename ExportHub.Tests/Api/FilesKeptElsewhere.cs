using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using ExportHub.Files;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ExportHub.Tests.Api;

/// <summary>The whole application with its files in a store far away.</summary>
internal static class FilesKeptElsewhere
{
    public static async Task<JsonElement> ExportAsync(TestApp app)
    {
        var document = await app.ExportAsync(new { dataset = "orders", format = "csv" });
        Assert.Equal("completed", document.GetProperty("status").GetString());
        return document;
    }

    public static async Task Downloads_whole_in_part_and_not_at_all(TestApp app)
    {
        var document = await ExportAsync(app);
        var url = UrlOf(document);

        var whole = await app.Client.GetAsync(url);
        var content = await whole.Content.ReadAsByteArrayAsync();
        var part = await AskAsync(app.Client, HttpMethod.Get, url, ask => ask.Headers.Range = new RangeHeaderValue(100, 299));
        var known = await AskAsync(app.Client, HttpMethod.Get, url, ask => ask.Headers.IfNoneMatch.Add(whole.Headers.ETag!));
        var head = await AskAsync(app.Client, HttpMethod.Head, url, _ => { });

        Assert.Equal(document.GetProperty("download").GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(content)));
        Assert.Equal($"\"{Convert.ToHexStringLower(SHA256.HashData(content))}\"", whole.Headers.ETag?.Tag);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(content[100..300], await part.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
        Assert.Equal(content.Length, head.Content.Headers.ContentLength);
    }

    public static async Task Sends_a_download_to_the_store(TestApp app)
    {
        var document = await ExportAsync(app);
        var content = await app.DownloadAsync(document);
        var settings = app.Services.GetRequiredService<IOptions<FilesOptions>>().Value;
        settings.SignedRedirect = TimeSpan.FromMinutes(5);
        try
        {
            await IsSentAsync(app, document, content);
        }
        finally
        {
            settings.SignedRedirect = TimeSpan.Zero;
        }
    }

    public static async Task Removes_what_expires(TestApp app)
    {
        var document = await ExportAsync(app);
        var id = document.GetProperty("id").GetGuid();
        var store = app.Services.GetRequiredService<IFileStore>();
        Assert.Contains(await store.ListAsync(default).ToListAsync(), stored => IsOf(stored, id));

        await app.Database.ExecuteAsync($"UPDATE exporthub.export SET expires_at = now() WHERE id = '{id}'");
        await Until.TrueAsync(async () => (await app.StatusAsync(id)).GetProperty("status").GetString() == "expired", "the end of the file");

        Assert.DoesNotContain(await store.ListAsync(default).ToListAsync(), stored => IsOf(stored, id));
        Assert.Equal(HttpStatusCode.Gone, (await app.Client.GetAsync(UrlOf(document))).StatusCode);
    }

    private static async Task IsSentAsync(TestApp app, JsonElement document, byte[] content)
    {
        var url = UrlOf(document);
        using var stranger = new HttpClient();

        var sent = await app.Client.GetAsync(url);
        var head = await AskAsync(app.Client, HttpMethod.Head, url, _ => { });
        var refused = await app.NewStranger().GetAsync(url);
        var taken = await stranger.GetAsync(sent.Headers.Location);

        Assert.Equal(HttpStatusCode.Found, sent.StatusCode);
        Assert.True(sent.Headers.CacheControl?.NoStore);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal(content, await taken.Content.ReadAsByteArrayAsync());
        Assert.Equal("attachment", taken.Content.Headers.ContentDisposition?.DispositionType);
        // The one that passed through and the one that was sent on; nobody else's.
        Assert.Equal(2, await app.Database.CountAsync($"SELECT count(*) FROM exporthub.audit WHERE act = 'download' AND export_id = '{document.GetProperty("id").GetGuid()}'"));
    }

    private static bool IsOf(StoredObject stored, Guid id) => stored.Name.StartsWith($"{id}/", StringComparison.Ordinal);

    private static Uri UrlOf(JsonElement document) => new(document.GetProperty("download").GetProperty("url").GetString()!, UriKind.Relative);

    private static Task<HttpResponseMessage> AskAsync(HttpClient client, HttpMethod method, Uri url, Action<HttpRequestMessage> with)
    {
        var ask = new HttpRequestMessage(method, url);
        with(ask);
        return client.SendAsync(ask);
    }
}
