using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace ExportHub.Notifications.Targets;

/// <summary>The secrets of targets: kept encrypted, opened for a delivery only, shown to nobody.</summary>
internal sealed class TargetSecrets(TargetStore store, IDataProtectionProvider protection)
{
    private readonly IDataProtector protector = protection.CreateProtector("ExportHub.Targets");

    public string Protect(string secret) => protector.Protect(secret);

    /// <summary>Null where there is none, or it was encrypted with keys that are lost: the target then needs a new one.</summary>
    public async Task<string?> FindAsync(Guid target, CancellationToken cancel)
    {
        if (await store.FindProtectedSecretAsync(target, cancel) is not { } kept)
        {
            return null;
        }

        try
        {
            return protector.Unprotect(kept);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
