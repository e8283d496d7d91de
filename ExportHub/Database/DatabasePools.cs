using Npgsql;

namespace ExportHub.Database;

/// <summary>One pool for the own tables and one for each source, made at the first use and closed with the app.</summary>
internal sealed class DatabasePools : ISourceDatabases, IAsyncDisposable, IDisposable
{
    private const string ApplicationName = "exporthub";

    // Eight times the default: a seventh less time for two million rows, because the client waits and wakes less often.
    private const int SourceReadBuffer = 64 * 1024;

    // A server that did not hear a request to cancel is not waited for any longer; its work is ended through another connection.
    private const int SourceCancelMilliseconds = 500;

    private const int MostReads = 8;
    private const int MostPreparedReads = 8;

    private readonly Lazy<NpgsqlDataSource> app;
    private readonly Lazy<NpgsqlDataSource> reads;
    private readonly Lazy<NpgsqlDataSource> home;
    private readonly Dictionary<string, Lazy<NpgsqlDataSource>> sources;

    /// <exception cref="InvalidOperationException">A connection string cannot be read; the message names its key.</exception>
    public DatabasePools(string homeConnection, IEnumerable<KeyValuePair<string, string?>> connections, DatabaseOptions options)
    {
        var named = connections.Where(connection => !string.IsNullOrWhiteSpace(connection.Value)
            && !string.Equals(connection.Key, HomeDatabase.Key, StringComparison.OrdinalIgnoreCase));
        var own = Read(HomeDatabase.Key, homeConnection);
        Engine = Own(own, $"{ApplicationName}-engine", options.EnginePoolSize).ConnectionString;
        app = Pool(Own(own, ApplicationName, options.AppPoolSize));
        reads = Pool(Reading(Own(own, ApplicationName, MostReads)));
        home = Pool(ReadOnly(own, options.SourcePoolSize));
        sources = named.ToDictionary(
            connection => connection.Key,
            connection => Pool(ReadOnly(Read(connection.Key, connection.Value!), options.SourcePoolSize)),
            StringComparer.OrdinalIgnoreCase);
        Names = [.. sources.Keys.Order(StringComparer.Ordinal)];
    }

    public NpgsqlDataSource App => app.Value;

    public NpgsqlDataSource Reads => reads.Value;

    /// <summary>The connection string for the job engine, which makes its own pool.</summary>
    public string Engine { get; }

    public IReadOnlyList<string> Names { get; }

    public NpgsqlDataSource? Find(string? name) =>
        name is null ? home.Value
        : sources.TryGetValue(name, out var pool) ? pool.Value
        : null;

    public async ValueTask DisposeAsync()
    {
        foreach (var pool in Made())
        {
            await pool.DisposeAsync();
        }
    }

    public void Dispose()
    {
        foreach (var pool in Made())
        {
            pool.Dispose();
        }
    }

    private IEnumerable<NpgsqlDataSource> Made() =>
        sources.Values.Append(app).Append(reads).Append(home).Where(pool => pool.IsValueCreated).Select(pool => pool.Value);

    private static Lazy<NpgsqlDataSource> Pool(NpgsqlConnectionStringBuilder connection) =>
        new(() => NpgsqlDataSource.Create(connection.ConnectionString));

    private static NpgsqlConnectionStringBuilder Read(string key, string connection)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connection);
        }
        catch (ArgumentException problem)
        {
            throw new InvalidOperationException(
                $"ConnectionStrings:{key} must be like Host=db;Database=sales;Username=reader;Password=…, but: {problem.Message}", problem);
        }
    }

    private static NpgsqlConnectionStringBuilder Describe(NpgsqlConnectionStringBuilder connection, string application, int size) =>
        new(connection.ConnectionString) { ApplicationName = application, MaxPoolSize = size, MinPoolSize = 0 };

    // A process that is frozen in the middle of a transaction keeps its locks, and Quartz has one that all instances wait for. Transactions on the own
    // tables take milliseconds.
    private static NpgsqlConnectionStringBuilder Own(NpgsqlConnectionStringBuilder connection, string application, int size)
    {
        var own = Describe(connection, application, size);
        own.Options = $"{own.Options} -c idle_in_transaction_session_timeout=10s".Trim();
        return own;
    }

    // A pooler that does not know prepared statements is told so in the connection string, and that counts here too.
    private static NpgsqlConnectionStringBuilder Reading(NpgsqlConnectionStringBuilder own)
    {
        if (!own.ShouldSerialize("Max Auto Prepare") || own.MaxAutoPrepare > 0)
        {
            own.MaxAutoPrepare = MostPreparedReads;
            own.AutoPrepareMinUsages = 2;
        }

        own.NoResetOnClose = true;
        return own;
    }

    // A dataset is somebody's SQL: whatever it says, it cannot write. Nothing is prepared, whatever the connection string says: each export
    // asks something else, and a prepared statement refuses to run once its table has changed.
    private static NpgsqlConnectionStringBuilder ReadOnly(NpgsqlConnectionStringBuilder connection, int size)
    {
        var source = Describe(connection, $"{ApplicationName}-source", size);
        source.MaxAutoPrepare = 0;
        source.CancellationTimeout = SourceCancelMilliseconds;
        source.ReadBufferSize = Math.Max(source.ReadBufferSize, SourceReadBuffer);
        source.Options = $"{source.Options} -c default_transaction_read_only=on".Trim();
        return source;
    }
}
