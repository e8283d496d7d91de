using ExportHub.Files;
using ExportHub.Files.Azure;
using ExportHub.Tests.Files.Servers;

namespace ExportHub.Tests.Files;

[NeedsPackage("azurite")]
public sealed class AzureFileStoreTests(AzureServer server) : FileStoreContract, IClassFixture<AzureServer>, IDisposable
{
    private readonly AzureFileStore store = new(server.IsThere ? server.Options(prefix: $"{Guid.NewGuid():N}/") : new AzureOptions());

    private protected override IFileStore Store => store;

    public void Dispose() => store.Dispose();

    [AzureFact]
    public async Task A_signed_link_opens_without_a_key_and_with_the_label()
    {
        await WriteAsync("a/1.csv");

        await SignedLinks.OpensAsync(await store.SignAsync("a/1.csv", Label, TimeSpan.FromMinutes(5), default), Content);
    }

    [AzureFact]
    public async Task The_blob_itself_has_the_label_and_asks_for_encryption()
    {
        await using var proxy = await FaultyProxy.StartAsync(server.Address);
        var options = server.Options(prefix: $"{Guid.NewGuid():N}/", by: proxy.Address);
        options.EncryptionScope = "a-scope";
        using var encrypted = new AzureFileStore(options);
        await using var part = await encrypted.CreateAsync("a/1.csv", Label, default);
        await part.Stream.WriteAsync(Content);

        // Azurite takes no scopes, and says so.
        await Assert.ThrowsAnyAsync<IOException>(() => part.CommitAsync(Content.Length, default));

        Assert.Equal("a-scope", proxy.Seen.First(request => request.Method == "PUT").Headers["x-ms-encryption-scope"]);
    }
}
