using ExportHub.Database.Embedded;

namespace ExportHub.Database;

/// <summary>The database that holds ExportHub's own tables: a configured one, or the embedded server.</summary>
/// <param name="Embedded">Null when ConnectionStrings:ExportHub is configured.</param>
internal sealed record HomeDatabase(string ConnectionString, EmbeddedPostgres? Embedded) : IAsyncDisposable, IDisposable
{
    public const string Key = "ExportHub";

    public static HomeDatabase Choose(
        IConfiguration configuration, DatabaseOptions options, string contentRoot, TimeProvider clock, ILogger<EmbeddedPostgres> log)
    {
        if (configuration.GetConnectionString(Key) is { } configured && !string.IsNullOrWhiteSpace(configured))
        {
            return new HomeDatabase(configured, null);
        }

        var settings = new EmbeddedSettings
        {
            Folder = Path.Combine(contentRoot, options.Folder),
            BinaryFolder = string.IsNullOrWhiteSpace(options.BinaryFolder) ? null : options.BinaryFolder,
            ServerUser = options.ServerUser,
            StartTimeout = options.StartTimeout,
        };
        var embedded = new EmbeddedPostgres(settings, clock, log);
        return new HomeDatabase(embedded.ConnectionString, embedded);
    }

    public ValueTask DisposeAsync() => Embedded?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>A host that is disposed synchronously must not leave the server running either.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();
}
