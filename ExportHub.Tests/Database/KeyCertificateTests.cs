using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Dapper;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ExportHub.Tests.Database;

public sealed class KeyCertificateTests : IAsyncLifetime
{
    private const string Password = "opens the certificate";

    private readonly TestApp app = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("exporthub-certificate-");

    private string File => Path.Combine(folder.FullName, "keys.pfx");

    public async Task InitializeAsync()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=ExportHub", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        await System.IO.File.WriteAllBytesAsync(File, certificate.Export(X509ContentType.Pkcs12, Password));
        await app.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task With_a_certificate_the_database_has_no_key_in_the_clear_and_a_restart_can_read_it()
    {
        app.With("Database:KeyCertificate", File).With("Database:KeyCertificatePassword", Password);
        var sealed1 = app.Services.GetDataProtector("test").Protect("a secret");

        var keys = await KeysAsync();
        await app.StopAsync();

        var xml = Assert.Single(keys);
        Assert.Contains("EncryptedData", xml, StringComparison.Ordinal);
        Assert.DoesNotContain("<value>", xml, StringComparison.Ordinal);
        Assert.Equal("a secret", app.Services.GetDataProtector("test").Unprotect(sealed1));
        Assert.Single(await KeysAsync());
    }

    [Fact]
    public void A_wrong_password_is_said_at_the_start_and_not_shown()
    {
        app.With("Database:KeyCertificate", File).With("Database:KeyCertificatePassword", "quite another");

        var fault = Assert.Throws<InvalidOperationException>(() => app.Services);

        Assert.Contains("Database:KeyCertificate", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("quite another", fault.ToString(), StringComparison.Ordinal);
    }

    private async Task<List<string>> KeysAsync()
    {
        await using var connection = new NpgsqlConnection(app.Database.ConnectionString);
        return [.. await connection.QueryAsync<string>("SELECT xml FROM exporthub.protection_key")];
    }
}
