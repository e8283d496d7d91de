using ExportHub.Files.Azure;

namespace ExportHub.Tests.Files.Servers;

/// <summary>A server that speaks as Azure Blob Storage, with one container; does nothing where there is none to be had.</summary>
public sealed class AzureServer : IAsyncLifetime
{
    public const string Container = "exporthub";

    public const string Account = "devstoreaccount1";

    /// <summary>Published by Microsoft: that of every emulator.</summary>
    public const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("exporthub-azure-");
    private NodeServer? server;

    public bool IsThere => server is not null;

    public Uri Address => new(server!.Address, Account);

    public async Task InitializeAsync()
    {
        if (NodePackages.FolderWith("azurite") is not { } packages)
        {
            return;
        }

        server = await NodeServer.StartAsync(
            "azurite.cjs", packages, "--blobHost", "127.0.0.1", "--blobPort", "0", "--location", folder.FullName, "--silent", "--disableTelemetry");
        using var client = new AzureClient(Options(), TimeProvider.System, TimeSpan.FromMinutes(1));
        using var made = await client.SendAsync(null, "restype=container", () => new HttpRequestMessage(HttpMethod.Put, (Uri?)null), default);
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
    internal AzureOptions Options(string prefix = "", Uri? by = null) => new()
    {
        Container = Container,
        Account = Account,
        Key = Key,
        Endpoint = (by is null ? Address : new Uri(by, Account)).ToString(),
        Prefix = prefix,
        BlockBytes = 5 * 1024 * 1024,
    };
}
