using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using ExportHub.Tests.Processes;
using ExportHub.Tests.RealData;
using Npgsql;

namespace ExportHub.Tests.Faults;

/// <summary>
/// One database, one folder of files and as many processes of the application on them as a test starts and damages. Each process signs in
/// to the database under a name of its own, so that the database can say whose a statement is.
/// </summary>
internal sealed class FaultySite : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("exporthub-faults-");
    private readonly List<Instance> instances = [];
    private readonly Dictionary<string, string> settings = new(StringComparer.Ordinal);

    private NpgsqlConnection gate = null!;

    private FaultySite()
    {
    }

    /// <summary>In the short form the least that is allowed.</summary>
    public static TimeSpan Lease => TimeSpan.FromSeconds(FaultForm.Long ? 10 : 3);

    /// <summary>How long a dead process may hold up its exports.</summary>
    public static TimeSpan TakeoverBound => Lease + TimeSpan.FromSeconds(7);

    public TestDatabase Database { get; } = new();

    public IReadOnlyList<Instance> Alive
    {
        get
        {
            lock (instances)
            {
                return [.. instances];
            }
        }
    }

    public static async Task<FaultySite> OpenAsync()
    {
        var site = new FaultySite();
        await site.Database.InitializeAsync();
        await FaultyRows.WriteAsync(Directory.CreateDirectory(Path.Combine(site.folder.FullName, "datasets")).FullName);
        site.gate = await site.Database.Pool.OpenConnectionAsync();
        await site.gate.ExecuteAsync("""
            CREATE FUNCTION public.gate() RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_advisory_xact_lock_shared(0); RETURN true; END $$;
            SELECT pg_advisory_lock(0);
            """);
        return site;
    }

    /// <summary>From now on the rows of <see cref="FaultyRows.Gated"/> come to their end.</summary>
    public Task OpenGateAsync() => gate.ExecuteAsync("SELECT pg_advisory_unlock(0)");

    /// <summary>The gate is closed again for queries that come to it later.</summary>
    public Task CloseGateAsync() => gate.ExecuteAsync("SELECT pg_advisory_lock(0)");

    /// <summary>For the processes started from now on.</summary>
    public FaultySite With(string setting, string value)
    {
        settings[setting] = value;
        return this;
    }

    public async Task<Instance> StartAsync(params (string Name, string Value)[] environment)
    {
        var role = $"instance_{Guid.NewGuid():N}";
        await Database.ExecuteAsync($"CREATE ROLE {role} SUPERUSER LOGIN");
        var instance = new Instance(role, await AppProcess.StartAsync(environment, SettingsOf(role)));
        await EngineTables.StopTickAsync(this);
        lock (instances)
        {
            instances.Add(instance);
        }

        return instance;
    }

    public async Task KillAsync(Instance instance)
    {
        Forget(instance);
        await instance.App.KillAsync();
        await instance.App.DisposeAsync();
    }

    /// <summary>How long it took to end by itself.</summary>
    public async Task<TimeSpan> TerminateAsync(Instance instance)
    {
        Forget(instance);
        var took = await instance.App.TerminateAsync();
        await instance.App.DisposeAsync();
        return took;
    }

    /// <summary>The instance that has started the attempt.</summary>
    public Task<Instance> WorkerOfAsync(Guid id, int attempt) => Until.AnswerAsync(
        () => Task.FromResult(Alive.FirstOrDefault(instance => instance.Started(id, attempt))), $"attempt {attempt} of {id} in the log of an instance");

    /// <exception cref="HttpRequestException">The process is gone, or it says that it has an outage.</exception>
    public static async Task<Guid> PostAsync(Instance instance, string dataset, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/exports") { Content = JsonContent.Create(new { dataset, format = "csv" }) };
        request.Headers.Add("Idempotency-Key", key ?? $"{Guid.NewGuid()}");
        using var answer = await instance.App.Client.SendAsync(request);
        if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
        {
            throw new HttpRequestException(await answer.Content.ReadAsStringAsync(), inner: null, answer.StatusCode);
        }

        var document = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(answer.IsSuccessStatusCode, document.ToString());
        return document.GetProperty("id").GetGuid();
    }

    public async Task<ExportFacts> FactsAsync(Guid id)
    {
        const string Sql = """
            SELECT dataset, status, attempt, started_at AS startedat, finished_at AS finishedat, rows, file_key AS filekey, sha256, error_code AS errorcode
            FROM exporthub.export
            WHERE id = @id
            """;
        await using var connection = await Database.Pool.OpenConnectionAsync();
        return await connection.QuerySingleAsync<ExportFacts>(Sql, new { id });
    }

    public async Task<T> AskAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = await Database.Pool.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<T>(sql, parameters))!;
    }

    public Task<DateTime> NowAsync() => AskAsync<DateTime>("SELECT clock_timestamp()");

    public async Task<ExportFacts> EndAsync(Guid id)
    {
        var facts = await FactsAsync(id);
        await Until.TrueAsync(async () => (facts = await FactsAsync(id)).IsOver, $"the end of export {id}");
        return facts;
    }

    /// <summary>Completed, and the file is the one of an undamaged run, also to a reader that did not write it.</summary>
    public async Task AssertExactAsync(Guid id)
    {
        var facts = await FactsAsync(id);
        Assert.Equal(("completed", (string?)null), (facts.Status, facts.ErrorCode));
        var file = await File.ReadAllBytesAsync(PathOf(facts.FileKey!));
        Assert.Equal(facts.Sha256, Convert.ToHexStringLower(SHA256.HashData(file)));
        Assert.Equal(FaultyRows.Reference(facts.Dataset), file);
        Assert.Equal(facts.Rows, Referee.Read("csv", file).Rows.Count);
    }

    /// <summary>Besides the files that rows name, nothing is left on the disk.</summary>
    public async Task AssertNothingLeftAsync()
    {
        await Until.TrueAsync(
            async () => FilesOnDisk().Order(StringComparer.Ordinal).SequenceEqual(await NamedFilesAsync(), StringComparer.Ordinal), "only the files that rows name");
        Assert.Equal(0, await AskAsync<int>("SELECT count(*)::int FROM exporthub.export WHERE status IN ('queued', 'running')"));
    }

    public IReadOnlyList<string> FilesOnDisk() =>
        [.. Directory.EnumerateFiles(PathOf(""), "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(PathOf(""), file))];

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in Alive)
        {
            await instance.App.DisposeAsync();
        }

        await gate.DisposeAsync();
        await Database.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private async Task<IReadOnlyList<string>> NamedFilesAsync()
    {
        await using var connection = await Database.Pool.OpenConnectionAsync();
        var keys = await connection.QueryAsync<string>("SELECT file_key FROM exporthub.export WHERE file_key IS NOT NULL");
        return [.. keys.Order(StringComparer.Ordinal)];
    }

    private string PathOf(string file) => Path.Combine(folder.FullName, "files", file);

    private void Forget(Instance instance)
    {
        lock (instances)
        {
            instances.Remove(instance);
        }
    }

    private (string Setting, string Value)[] SettingsOf(string role)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ConnectionStrings:ExportHub"] = new NpgsqlConnectionStringBuilder(Database.ConnectionString) { Username = role }.ConnectionString,
            ["Files:Folder"] = PathOf(""),
            ["Datasets:Folder"] = Path.Combine(folder.FullName, "datasets"),
            ["Datasets:CountFirstBelow"] = "0",
            ["Exports:Lease"] = $"{Lease}",
            ["Exports:SweepEvery"] = "00:00:02",
            ["Exports:RetryDelay"] = "00:00:01",
            ["Exports:RunningPerUser"] = "1000",
        };
        if (!FaultForm.Long)
        {
            (all["Exports:RenewEvery"], all["Exports:ReconcileEvery"], all["Exports:AlarmGrace"]) = ("00:00:00.2", "00:00:01", "00:00:02");
        }

        if (TestApp.Engine is { } engine)
        {
            all["Jobs:Engine"] = engine;
        }

        foreach (var (setting, value) in settings)
        {
            all[setting] = value;
        }

        return [.. all.Select(pair => (pair.Key, pair.Value))];
    }
}

/// <summary>A process of the application and the name under which it signs in to the database.</summary>
internal sealed record Instance(string Role, AppProcess App)
{
    public bool Started(Guid id, int attempt) => App.Log.Any(line => line.EndsWith($"Export {id}: attempt {attempt} started", StringComparison.Ordinal));
}

/// <summary>What the row says, without asking the application.</summary>
internal sealed record ExportFacts(
    string Dataset, string Status, int Attempt, DateTime? StartedAt, DateTime? FinishedAt, long Rows, string? FileKey, string? Sha256, string? ErrorCode)
{
    public bool IsOver => Status is not ("queued" or "running");
}
