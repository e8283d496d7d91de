using Npgsql;

namespace ExportHub.Database.Embedded;

/// <summary>
/// A private PostgreSQL server in a folder, reached by a Unix socket only. Several apps may share it: the first starts it, the last
/// stops it, and an app that dies leaves it to the next one. A second start does nothing but make sure that it runs.
/// </summary>
internal sealed partial class EmbeddedPostgres : IAsyncDisposable
{
    private const string OwnDatabase = "exporthub";

    // Long enough to outlast a program that is just being started and holds a copy of our lock until it runs.
    private static readonly TimeSpan AloneLimit = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly EmbeddedSettings settings;
    private readonly TimeProvider clock;
    private readonly ILogger<EmbeddedPostgres> log;
    private readonly Cluster cluster;
    private IDisposable? presence;

    public EmbeddedPostgres(EmbeddedSettings settings, TimeProvider clock, ILogger<EmbeddedPostgres> log)
    {
        (this.settings, this.clock, this.log) = (settings, clock, log);
        Folders = EmbeddedFolders.Choose(settings.Folder, settings.ServerUser);
        cluster = new Cluster(Folders, settings);
    }

    public EmbeddedFolders Folders { get; }

    /// <summary>Known before the start.</summary>
    public string ConnectionString => Connection(OwnDatabase, pooling: true);

    /// <exception cref="InvalidOperationException">There is no usable PostgreSQL, or it does not start; the message says what to do.</exception>
    public async Task StartAsync(CancellationToken cancel)
    {
        var started = clock.GetTimestamp();
        if (Folders.Moved)
        {
            LogMoved(log, settings.Folder, Folders.User.Name, Folders.Root);
        }

        Folders.Prepare();
        using (await LockAsync(cancel))
        {
            // An app that is about to stop holds the file alone only while it holds the start lock.
            presence ??= FileLock.TryShare(Folders.AppsLock);
            await EnsureRunningAsync(cancel);
            await EnsureDatabaseAsync(cancel);
        }

        var took = clock.GetElapsedTime(started).TotalMilliseconds;
        LogRunning(log, Folders.Root, took);
    }

    /// <summary>Stops the server unless another app uses it. A second call does nothing.</summary>
    public async Task StopAsync(CancellationToken cancel)
    {
        if (presence is null)
        {
            return;
        }

        using (await LockAsync(cancel))
        {
            presence.Dispose();
            presence = null;
            using var alone = await FileLock.TryTakeAsync(Folders.AppsLock, AloneLimit, clock, cancel);
            if (alone is null)
            {
                LogShared(log);
                return;
            }

            var result = await cluster.StopAsync(cancel);
            LogStopped(log, result.Output);
        }
    }

    /// <summary>Stops a server that nobody uses any more, such as one whose app was killed.</summary>
    public async Task StopAbandonedAsync(CancellationToken cancel)
    {
        presence ??= FileLock.TryShare(Folders.AppsLock);
        await StopAsync(cancel);
    }

    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None);

    private async Task<IDisposable> LockAsync(CancellationToken cancel) =>
        await FileLock.TryTakeAsync(Folders.StartLock, settings.StartTimeout, clock, cancel)
        ?? throw new InvalidOperationException($"Another process has held {Folders.StartLock} for {settings.StartTimeout}: is it hanging?");

    private async Task EnsureRunningAsync(CancellationToken cancel)
    {
        var started = clock.GetTimestamp();
        while (true)
        {
            var state = await LookAsync(cancel);
            if (state is State.Up)
            {
                return;
            }

            var answer = state is State.Down ? await StartServerAsync(cancel) : default;
            if (answer.Succeeded && state is State.Down)
            {
                return;
            }

            var late = clock.GetElapsedTime(started) > settings.StartTimeout;
            if (late || (!answer.Succeeded && !WillPass(answer.Output)))
            {
                throw new InvalidOperationException($"PostgreSQL does not start in {Folders.Root}, its log is {Folders.Log}: {answer.Output}");
            }

            await Task.Delay(Pause, clock, cancel);
        }
    }

    private async Task<CommandResult> StartServerAsync(CancellationToken cancel)
    {
        await cluster.CreateAsync(cancel);
        return await cluster.StartAsync(cancel);
    }

    // What a killed server leaves behind ends by itself within moments.
    private static bool WillPass(string output) =>
        output.Contains("pre-existing shared memory block", StringComparison.Ordinal)
        || output.Contains("postmaster.pid\" already exists", StringComparison.Ordinal);

    private async Task<State> LookAsync(CancellationToken cancel)
    {
        try
        {
            await using var connection = new NpgsqlConnection(Connection("postgres", pooling: false));
            await connection.OpenAsync(cancel);
            return State.Up;
        }
        catch (PostgresException problem)
        {
            return problem.SqlState == PostgresErrorCodes.CannotConnectNow ? State.Busy : State.Up;
        }
        catch (NpgsqlException)
        {
            return State.Down;
        }
    }

    private async Task EnsureDatabaseAsync(CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(Connection("postgres", pooling: false));
        await connection.OpenAsync(cancel);
        await using var find = new NpgsqlCommand(
            $"""
            SELECT 1
            FROM pg_database
            WHERE datname = '{OwnDatabase}'
            """, connection);
        if (await find.ExecuteScalarAsync(cancel) is null)
        {
            await using var create = new NpgsqlCommand($"CREATE DATABASE {OwnDatabase}", connection);
            await create.ExecuteNonQueryAsync(cancel);
        }
    }

    private string Connection(string database, bool pooling) => new NpgsqlConnectionStringBuilder
    {
        Host = Folders.Socket,
        Username = Cluster.Superuser,
        Database = database,
        Pooling = pooling,
    }.ConnectionString;

    private enum State
    {
        Down,

        /// <summary>Recovering or shutting down.</summary>
        Busy,

        /// <summary>Even if it has no connection left for us.</summary>
        Up,
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Wanted} lies where the user {User}, who runs PostgreSQL, cannot enter; its data is in {Folder} instead")]
    private static partial void LogMoved(ILogger log, string wanted, string? user, string folder);

    [LoggerMessage(Level = LogLevel.Information, Message = "Embedded PostgreSQL runs in {Folder} (ready after {Milliseconds:0} ms)")]
    private static partial void LogRunning(ILogger log, string folder, double milliseconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "Embedded PostgreSQL stays up: another ExportHub uses it")]
    private static partial void LogShared(ILogger log);

    [LoggerMessage(Level = LogLevel.Information, Message = "Embedded PostgreSQL: {Answer}")]
    private static partial void LogStopped(ILogger log, string answer);
}
