using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using ExportHub.Files.Remote;

namespace ExportHub.Files.Azure;

/// <summary>One blob on its way into a container: blocks that belong to this upload alone, and in the end the list of them.</summary>
internal sealed class AzureUpload(AzureClient client, string key, FileLabel label) : IUpload
{
    /// <summary>What a visible blob has when this upload, and no other of the same name, put it there.</summary>
    private const string MarkName = "x-ms-meta-upload";

    private const string Abandoned = "abandoned";

    private readonly string mark = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
    private readonly List<string> sent = [];

    /// <summary>Whether a blob exists only for the moment in which <see cref="DiscardBlocksAsync"/> makes blocks go away.</summary>
    public static bool IsAbandoned(HttpResponseMessage answer) => MarkOf(answer) == Abandoned;

    public async Task SendAsync(int number, Func<Stream> open, CancellationToken cancel)
    {
        await using var content = open();
        var bytes = content.Length;
        var hash = await HashAsync(content, cancel);
        var block = Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{mark}-{number:D5}")));
        HttpRequestMessage Make() => Scoped(new HttpRequestMessage(HttpMethod.Put, (Uri?)null)
        {
            Content = new StreamContent(open()) { Headers = { ContentLength = bytes, ContentMD5 = hash } },
        });
        using var answer = await client.SendAsync(key, $"comp=block&blockid={Uri.EscapeDataString(block)}", Make, cancel, bytes);
        sent.Add(block);
    }

    public async Task FinishAsync(int number, Func<Stream> open, CancellationToken cancel)
    {
        await using (var rest = open())
        {
            if (rest.Length > 0)
            {
                await SendAsync(number, open, cancel);
            }
        }

        await PutListAsync(sent, mark, cancel);
    }

    public async Task<long?> LookAsync(CancellationToken cancel)
    {
        using var found = await client.FindAsync(key, HttpMethod.Head, cancel);
        return found is not null && MarkOf(found) == mark ? found.Content.Headers.ContentLength : null;
    }

    public async Task AbandonAsync(bool visible, CancellationToken cancel)
    {
        if (visible && await LookAsync(cancel) is not null)
        {
            await DeleteAsync(cancel);
        }
        else if (sent.Count > 0)
        {
            await DiscardBlocksAsync(cancel);
        }
    }

    /// <summary>
    /// Azure has no call that removes blocks which are in no list, so an empty list is put and deleted: that takes the blocks along. Does nothing where there
    /// is a blob; false then.
    /// </summary>
    public async Task<bool> DiscardBlocksAsync(CancellationToken cancel)
    {
        try
        {
            await PutListAsync([], Abandoned, cancel);
        }
        catch (NameTakenException)
        {
            return false;
        }

        return await DeleteAsync(cancel);
    }

    private async Task PutListAsync(IReadOnlyList<string> blocks, string markOfList, CancellationToken cancel)
    {
        var list = Encoding.UTF8.GetBytes(new XElement("BlockList", blocks.Select(block => new XElement("Uncommitted", block))).ToString(SaveOptions.DisableFormatting));
        HttpRequestMessage Make()
        {
            var request = Scoped(new HttpRequestMessage(HttpMethod.Put, (Uri?)null)
            {
                Content = new ByteArrayContent(list) { Headers = { ContentType = new MediaTypeHeaderValue("application/xml") } },
                Headers = { { "If-None-Match", "*" }, { MarkName, markOfList } },
            });
            if (label.ContentType.Length > 0)
            {
                request.Headers.TryAddWithoutValidation("x-ms-blob-content-type", label.ContentType);
                request.Headers.TryAddWithoutValidation("x-ms-blob-content-disposition", label.Disposition);
            }

            return request;
        }

        using var answer = await client.SendAsync(key, "comp=blocklist", Make, cancel);
    }

    private async Task<bool> DeleteAsync(CancellationToken cancel)
    {
        using var gone = await client.FindAsync(key, HttpMethod.Delete, cancel);
        return gone is not null;
    }

    private HttpRequestMessage Scoped(HttpRequestMessage request)
    {
        if (client.Options.EncryptionScope is { Length: > 0 } scope)
        {
            request.Headers.Add("x-ms-encryption-scope", scope);
        }

        return request;
    }

    /// <summary>The service compares it with what arrived.</summary>
    private static async Task<byte[]> HashAsync(Stream content, CancellationToken cancel) =>
#pragma warning disable CA5351 // A checksum against damage on the way, which the interface wants to be this; it protects nothing.
        await MD5.HashDataAsync(content, cancel);
#pragma warning restore CA5351

    private static string? MarkOf(HttpResponseMessage answer) => answer.Headers.TryGetValues(MarkName, out var marks) ? marks.First() : null;
}
