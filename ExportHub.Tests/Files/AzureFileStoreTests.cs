using System.Net;
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
    public async Task A_signed_link_opens_one_file_and_for_its_time()
    {
        await WriteAsync("a/1.csv");
        await WriteAsync("a/2.csv");
        var link = await store.SignAsync("a/1.csv", Label, TimeSpan.FromMinutes(5), default);
        var late = await store.SignAsync("a/1.csv", Label, TimeSpan.FromMinutes(-5), default);
        using var stranger = new HttpClient();

        var other = await stranger.GetAsync(new Uri(link.AbsoluteUri.Replace("1.csv?", "2.csv?", StringComparison.Ordinal)));
        var afterwards = await stranger.GetAsync(late);

        Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, afterwards.StatusCode);
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
        await part.CommitAsync(Content.Length, default);

        var puts = proxy.Seen.Where(request => request.Method == "PUT").ToList();
        Assert.Equal(2, puts.Count);
        Assert.All(puts, put => Assert.Equal("a-scope", put.Headers["x-ms-encryption-scope"]));
        Assert.Equal("text/csv", puts[1].Headers["x-ms-blob-content-type"]);
        Assert.Equal(Label.Disposition, puts[1].Headers["x-ms-blob-content-disposition"]);
        Assert.Equal("*", puts[1].Headers["If-None-Match"]);
    }
}
