using System.Security.Cryptography;
using System.Text.Json;
using ExportHub.Exports;

namespace ExportHub.Api;

/// <summary>
/// The entity tag of a status document. It leaves the poll part out, so that an export at rest gives the same tag to every poll;
/// the documents then differ in that part only, which is what a weak tag says (RFC 9110, 8.8.1).
/// </summary>
internal static class StatusTag
{
    public static string Of(StatusDocument document)
    {
        var hash = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(document with { Poll = null }, JsonSerializerOptions.Web));
        return $"W/\"{Convert.ToHexStringLower(hash.AsSpan(0, 12))}\"";
    }
}
