using System.Security.Cryptography;
using System.Text;

namespace ExportHub.Tests.Files.Servers;

/// <summary>A shared access signature for a whole container, as an administrator would make it; the product makes none.</summary>
internal static class ContainerSas
{
    public static string Of(string permissions)
    {
        const string Until = "2999-01-01T00:00:00Z";
        const string Version = "2021-12-02";
        string[] signed =
            [permissions, "", Until, $"/blob/{AzureServer.Account}/{AzureServer.Container}", "", "", "", Version, "c", "", "", "", "", "", "", ""];
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(AzureServer.Key), Encoding.UTF8.GetBytes(string.Join('\n', signed))));
        return $"?sv={Version}&sr=c&sp={permissions}&se={Uri.EscapeDataString(Until)}&sig={Uri.EscapeDataString(signature)}";
    }
}
