using ExportHub.Files.S3;

namespace ExportHub.Tests.Files.Servers;

/// <summary>An S3 server with one bucket; does nothing where there is none to be had.</summary>
public sealed class S3Server : IAsyncLifetime
{
    public const string Bucket = "exporthub";

    /// <summary>s3rver's one account, key and secret alike.</summary>
    public const string Key = "S3RVER";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("exporthub-s3-");
    private NodeServer? server;

    public bool IsThere => server is not null;

    public Uri Address => server!.Address;

    public async Task InitializeAsync()
    {
        if (NodePackages.FolderWith("s3rver") is { } packages)
        {
            server = await NodeServer.StartAsync("s3rver.cjs", packages, folder.FullName, Bucket);
        }
    }

    public async Task DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        folder.Delete(recursive: true);
    }

    /// <param name="by">A way to the server other than the straight one.</param>
    internal S3Options Options(string prefix = "", Uri? by = null) => new()
    {
        Bucket = Bucket,
        Endpoint = (by ?? Address).ToString(),
        AccessKey = Key,
        SecretKey = Key,
        Prefix = prefix,
        PartBytes = 5 * 1024 * 1024,
    };
}
