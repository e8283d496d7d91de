using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ExportHub.Notifications.Webhooks;

/// <summary>Proves to a receiver that a call is ours and when it was made: `t={unix seconds},v1={HMAC-SHA256 of "t.body" with the target's secret, lower-case hexadecimal}`.</summary>
internal static class WebhookSignature
{
    public const string Header = "ExportHub-Signature";

    /// <summary>As long as the hash: RFC 2104, 3.</summary>
    private const int SecretBytes = 32;

    public static string NewSecret() => $"whsec_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes))}";

    public static string Of(string secret, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        var seconds = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hash.AppendData(Encoding.UTF8.GetBytes($"{seconds}."));
        hash.AppendData(body);
        return $"t={seconds},v1={Convert.ToHexStringLower(hash.GetHashAndReset())}";
    }
}
