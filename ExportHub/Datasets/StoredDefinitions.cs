using Npgsql;

namespace ExportHub.Datasets;

/// <summary>
/// The definitions in the database as they were at most <see cref="Every"/> ago, so that no request asks for them. What this instance changes it knows at once. While the
/// database does not answer, the last that is known counts. The application does not start before they were read once: they say who may do what.
/// </summary>
internal sealed partial class StoredDefinitions(DefinitionStore store, TimeProvider clock, ILogger<StoredDefinitions> logger) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim turn = new(1);
    private string? state;
    private volatile IReadOnlyList<DefinitionFile> known = [];

    /// <summary>The same objects as at the last call when none has changed.</summary>
    public IReadOnlyList<DefinitionFile> Read() => known;

    public async Task RefreshAsync(CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            // Asked before the list is read: what comes between is read once more, not missed.
            var now = await store.StateAsync(cancel);
            if (now != state)
            {
                known = [.. (await store.ListAsync(cancel)).Select(Unchanged)];
                state = now;
            }
        }
        finally
        {
            turn.Release();
        }
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        base.Dispose();
        turn.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ticks = new PeriodicTimer(Every, clock);
        while (await ticks.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RefreshAsync(stoppingToken);
            }
            catch (Exception silent) when (silent is NpgsqlException or TimeoutException)
            {
                LogSilent(logger, silent.Message);
            }
        }
    }

    /// <summary>What has not changed stays the same object, of which a description may be known.</summary>
    private DefinitionFile Unchanged(DefinitionFile read) => known.FirstOrDefault(old => old.Stamp == read.Stamp) ?? read;

    [LoggerMessage(Level = LogLevel.Debug, Message = "The stored dataset definitions could not be looked at: {Reason}")]
    private static partial void LogSilent(ILogger logger, string reason);
}
