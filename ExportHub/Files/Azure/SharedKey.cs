using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace ExportHub.Files.Azure;

/// <summary>
/// Signatures with the key of an account. Requests: "Authorize with Shared Key", links: "Create a service SAS", both in the REST reference of Azure Storage.
/// </summary>
internal sealed class SharedKey(string account, string key)
{
    private readonly byte[] secret = Convert.FromBase64String(key);

    /// <summary>To be called when nothing of the request changes any more.</summary>
    public void Sign(HttpRequestMessage request) =>
        request.Headers.Authorization = new AuthenticationHeaderValue("SharedKey", $"{account}:{Hash(TextOf(request))}");

    /// <summary>What makes a link to one blob that may be read until <paramref name="until"/>, with the label it is then handed out with.</summary>
    /// <param name="resource">`{container}/{blob}`.</param>
    public string SignLink(string resource, DateTimeOffset until, FileLabel label, string protocols)
    {
        const string CacheControl = "private, no-store";
        var end = until.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        string[] signed =
        [
            "r", "", end, $"/blob/{account}/{resource}", "", "", protocols, AzureClient.Version, "b", "", "", CacheControl, label.Disposition, "", "", label.ContentType,
        ];
        return QueryHelpers.AddQueryString("", new Dictionary<string, string?>
        {
            ["sv"] = AzureClient.Version,
            ["sr"] = "b",
            ["sp"] = "r",
            ["se"] = end,
            ["spr"] = protocols,
            ["rscc"] = CacheControl,
            ["rscd"] = label.Disposition,
            ["rsct"] = label.ContentType,
            ["sig"] = Hash(string.Join('\n', signed)),
        });
    }

    private string TextOf(HttpRequestMessage request)
    {
        var content = request.Content?.Headers;
        var length = content?.ContentLength is { } bytes and > 0 ? bytes.ToString(CultureInfo.InvariantCulture) : "";
        var md5 = content?.ContentMD5 is { } hash ? Convert.ToBase64String(hash) : "";
        // The date is among the headers of the service.
        string[] lines =
        [
            request.Method.Method, "", "", length, md5, content?.ContentType?.ToString() ?? "", "", "",
            request.Headers.IfMatch.ToString(), request.Headers.IfNoneMatch.ToString(), "", "",
        ];
        return $"{string.Join('\n', lines)}\n{HeadersOf(request)}{ResourceOf(request.RequestUri!)}";
    }

    private static string HeadersOf(HttpRequestMessage request) => string.Concat(
        from header in request.Headers
        let name = header.Key.ToLowerInvariant()
        where name.StartsWith("x-ms-", StringComparison.Ordinal)
        orderby name
        select $"{name}:{string.Join(',', header.Value)}\n");

    private string ResourceOf(Uri address)
    {
        var text = new StringBuilder($"/{account}{address.AbsolutePath}");
        foreach (var (name, values) in QueryHelpers.ParseQuery(address.Query).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{name.ToLowerInvariant()}:{string.Join(',', values.Order(StringComparer.Ordinal))}");
        }

        return text.ToString();
    }

    private string Hash(string text) => Convert.ToBase64String(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(text)));
}
