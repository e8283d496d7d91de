using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;

namespace ExportHub.Database;

/// <summary>Encrypts the keys in the database with a certificate, so that whoever reads a backup can sign nothing.</summary>
internal static class KeyCertificate
{
    /// <summary>Does nothing where `Database:KeyCertificate` is not set.</summary>
    /// <exception cref="InvalidOperationException">The certificate cannot be used; the message names the setting and not the password.</exception>
    public static void EncryptKeys(this IDataProtectionBuilder protection, IConfiguration configuration)
    {
        var settings = configuration.GetSection(DatabaseOptions.Section).Get<DatabaseOptions>() ?? new();
        if (settings.KeyCertificate is { } file)
        {
            var certificate = Load(file, settings.KeyCertificatePassword);
            protection.ProtectKeysWithCertificate(certificate).UnprotectKeysWithAnyCertificate(certificate);
        }
    }

    private static X509Certificate2 Load(string file, string? password)
    {
        try
        {
            var certificate = X509CertificateLoader.LoadPkcs12FromFile(file, password);
            return certificate.HasPrivateKey
                ? certificate
                : throw new InvalidOperationException($"Database:KeyCertificate is {file}, which has no private key; a PKCS #12 file (.pfx) with one is wanted.");
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException(
                $"Database:KeyCertificate is {file}, which cannot be read with Database:KeyCertificatePassword; a PKCS #12 file (.pfx) is wanted.", fault);
        }
    }
}
