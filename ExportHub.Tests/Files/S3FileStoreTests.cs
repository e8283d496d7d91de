using System.Globalization;
using System.Web;
using ExportHub.Files;
using ExportHub.Files.S3;
using ExportHub.Tests.Files.Servers;

namespace ExportHub.Tests.Files;

[NeedsPackage("s3rver")]
public sealed class S3FileStoreTests(S3Server server) : FileStoreContract, IClassFixture<S3Server>, IDisposable
{
    private readonly S3FileStore store = new(server.IsThere ? server.Options(prefix: $"{Guid.NewGuid():N}/") : new S3Options());

    private protected override IFileStore Store => store;

    public void Dispose() => store.Dispose();

    [S3Fact]
    public async Task A_signed_link_opens_without_a_key_and_with_the_label()
    {
        await WriteAsync("a/1.csv");

        var link = await store.SignAsync("a/1.csv", Label, TimeSpan.FromMinutes(5), default);

        await SignedLinks.OpensAsync(link, Content);
        // s3rver does not check what a signature of version 4 says.
        var signed = HttpUtility.ParseQueryString(link.Query);
        Assert.InRange(int.Parse(signed["X-Amz-Expires"]!, CultureInfo.InvariantCulture), 290, 305);
        Assert.Equal(64, signed["X-Amz-Signature"]!.Length);
    }

    [S3Fact]
    public async Task The_object_itself_has_the_label_and_asks_for_encryption()
    {
        await using var proxy = await FaultyProxy.StartAsync(server.Address);
        var options = server.Options(prefix: $"{Guid.NewGuid():N}/", by: proxy.Address);
        options.Encryption = "aws:kms";
        options.KmsKey = "a-key";
        using var encrypted = new S3FileStore(options);

        await using var part = await encrypted.CreateAsync("a/1.csv", Label, default);
        await part.Stream.WriteAsync(Content);
        await part.CommitAsync(Content.Length, default);

        var put = Assert.Single(proxy.Seen, request => request.Method == "PUT");
        Assert.Equal("text/csv", put.Headers["Content-Type"]);
        Assert.Equal(Label.Disposition, put.Headers["Content-Disposition"]);
        Assert.Equal("aws:kms", put.Headers["x-amz-server-side-encryption"]);
        Assert.Equal("a-key", put.Headers["x-amz-server-side-encryption-aws-kms-key-id"]);
        Assert.Equal("*", put.Headers["If-None-Match"]);
    }
}
