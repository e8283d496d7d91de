using System.Globalization;
using System.Runtime.CompilerServices;
using System.Xml.Linq;
using ExportHub.Files.Remote;

namespace ExportHub.Files.Azure;

/// <summary>
/// Files in a container of Azure Blob Storage. Blocks are no blob before they are listed in the last act; what <see cref="ListAsync"/> calls a part is a name
/// that has such blocks and nothing else. Azure forgets them by itself after a week.
/// </summary>
internal sealed class AzureFileStore : IFileStore, ISigningStore, IDisposable
{
    private readonly AzureOptions options;
    private readonly ObjectKeys keys;
    private readonly AzureClient client;
    private readonly TimeProvider time;

    /// <param name="patience">See <see cref="Patience"/>.</param>
    public AzureFileStore(AzureOptions options, TimeProvider? time = null, TimeSpan? patience = null)
    {
        this.options = options;
        this.time = time ?? TimeProvider.System;
        keys = new ObjectKeys(options.Prefix);
        client = new AzureClient(options, this.time, patience ?? Patience.Default);
    }

    public Task<IFilePart> CreateAsync(string name, FileLabel label, CancellationToken cancel) =>
        CheckedAsync<IFilePart>(name, key => Task.FromResult<IFilePart>(new RemoteFilePart(new AzureUpload(client, key, label), options.BlockBytes)));

    public Task<Stream?> OpenAsync(string name, CancellationToken cancel) => CheckedAsync<Stream?>(name, async key =>
    {
        using var found = await client.FindAsync(key, HttpMethod.Head, cancel, Patience.Short(client.Patience));
        if (found is null || AzureUpload.IsAbandoned(found))
        {
            return null;
        }

        var tag = found.Headers.ETag!;
        return new RangedStream(found.Content.Headers.ContentLength!.Value, (from, count, token) => OpenRangeAsync(key, tag, from, count, token), client.Patience);
    });

    public Task<bool> DeleteAsync(string name, CancellationToken cancel) => CheckedAsync(name, key => DeleteKeyAsync(key, cancel));

    /// <summary>A container has no end.</summary>
    public Task<long?> FreeBytesAsync(CancellationToken cancel) => Task.FromResult<long?>(null);

    public async IAsyncEnumerable<StoredObject> ListAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        // Nothing in a list tells blobs from names with blocks only, and the first list cannot have what is committed between the two.
        var committed = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var found in ListAsync("", cancel))
        {
            committed.Add(found.Key);
            yield return found;
        }

        await foreach (var found in ListAsync("uncommittedblobs", cancel))
        {
            if (!committed.Contains(found.Key) && !await IsVisibleAsync(found.Key, cancel))
            {
                yield return found with { IsPart = true };
            }
        }
    }

    public async Task<bool> DeleteAsync(StoredObject stored, CancellationToken cancel) => stored.IsPart
        ? await new AzureUpload(client, stored.Key, new FileLabel("", "")).DiscardBlocksAsync(cancel)
        : await DeleteKeyAsync(stored.Key, cancel);

    public async Task<Uri> SignAsync(string name, FileLabel label, TimeSpan lifetime, CancellationToken cancel) =>
        await CheckedAsync(name, key => Task.FromResult(client.Link(key, label, time.GetUtcNow() + lifetime)));

    public void Dispose() => client.Dispose();

    private async IAsyncEnumerable<StoredObject> ListAsync(string include, [EnumeratorCancellation] CancellationToken cancel)
    {
        var next = "";
        do
        {
            var query = $"restype=container&comp=list&prefix={Uri.EscapeDataString(keys.Prefix)}&marker={Uri.EscapeDataString(next)}";
            using var answer = await client.SendAsync(
                null, include.Length > 0 ? $"{query}&include={include}" : query, () => new HttpRequestMessage(HttpMethod.Get, (Uri?)null), cancel);
            var page = await XDocument.LoadAsync(await answer.Content.ReadAsStreamAsync(cancel), LoadOptions.None, cancel);
            foreach (var blob in page.Descendants("Blob"))
            {
                var key = blob.Element("Name")!.Value;
                if (keys.NameOf(key) is { } name)
                {
                    yield return new StoredObject(name, IsPart: false, key, WrittenAt(blob));
                }
            }

            next = page.Root!.Element("NextMarker")?.Value ?? "";
        }
        while (next.Length > 0);
    }

    private static DateTimeOffset WrittenAt(XElement blob) =>
        DateTimeOffset.TryParse(blob.Element("Properties")?.Element("Last-Modified")?.Value, CultureInfo.InvariantCulture, out var known) ? known : DateTimeOffset.MinValue;

    private async Task<bool> IsVisibleAsync(string key, CancellationToken cancel)
    {
        using var found = await client.FindAsync(key, HttpMethod.Head, cancel);
        return found is not null;
    }

    private async Task<Stream> OpenRangeAsync(string key, System.Net.Http.Headers.EntityTagHeaderValue tag, long from, long count, CancellationToken cancel)
    {
        // Lives as long as its stream, which the reader disposes.
        var answer = await client.SendAsync(
            key,
            null,
            () => new HttpRequestMessage(HttpMethod.Get, (Uri?)null) { Headers = { { "x-ms-range", $"bytes={from}-{from + count - 1}" }, { "If-Match", tag.ToString() } } },
            cancel);
        return await answer.Content.ReadAsStreamAsync(cancel);
    }

    private async Task<bool> DeleteKeyAsync(string key, CancellationToken cancel)
    {
        using var gone = await client.FindAsync(key, HttpMethod.Delete, cancel);
        return gone is not null;
    }

    /// <summary>A name that is none is a task that fails, as in every other store.</summary>
    private async Task<T> CheckedAsync<T>(string name, Func<string, Task<T>> use) => await use(keys.Of(name));
}
