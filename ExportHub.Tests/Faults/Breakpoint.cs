using Dapper;
using Npgsql;

namespace ExportHub.Tests.Faults;

/// <summary>
/// A place in the life of an export at which the database makes whoever comes there wait: before a statement works, and before it locks any row.
/// The waiting process can then be killed or frozen at exactly this place.
/// </summary>
internal sealed class Breakpoint : IAsyncDisposable
{
    private readonly FaultySite site;
    private readonly Place place;
    private readonly NpgsqlConnection keeper;
    private readonly int key = Random.Shared.Next(1, int.MaxValue);

    private Breakpoint(FaultySite site, Place place, NpgsqlConnection keeper) => (this.site, this.place, this.keeper) = (site, place, keeper);

    private string Name => $"wait_{key}";

    public static async Task<Breakpoint> SetAsync(FaultySite site, Place place)
    {
        var breakpoint = new Breakpoint(site, place, await site.Database.Pool.OpenConnectionAsync());
        await breakpoint.keeper.ExecuteAsync($"""
            SELECT pg_advisory_lock({breakpoint.key});
            CREATE FUNCTION public.{breakpoint.Name}() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN PERFORM pg_advisory_xact_lock_shared({breakpoint.key}); RETURN NULL; END $$;
            CREATE TRIGGER {breakpoint.Name} BEFORE {place.Act} FOR EACH STATEMENT EXECUTE FUNCTION public.{breakpoint.Name}();
            """);
        return breakpoint;
    }

    /// <summary>Waits until a process has come here.</summary>
    public async Task<Instance> HitAsync()
    {
        var role = await Until.AnswerAsync(async () => (await WaitingAsync()) is [var first, ..] ? first : null, $"a process that waits at {place}");
        return site.Alive.Single(instance => instance.Role == role);
    }

    /// <summary>What waits goes on, be its process alive or dead.</summary>
    public async Task LetGoAsync()
    {
        await keeper.ExecuteAsync($"SELECT pg_advisory_unlock({key})");
        await Until.TrueAsync(async () => (await WaitingAsync()).Count == 0, "nobody waiting");
        await keeper.ExecuteAsync($"DROP FUNCTION public.{Name} CASCADE");
    }

    /// <summary>What waits is as if it had never reached the database.</summary>
    public async Task DropAsync()
    {
        const string Sql = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid::bigint = @key AND NOT granted";
        await keeper.ExecuteAsync(Sql, new { key });
        await LetGoAsync();
    }

    public ValueTask DisposeAsync() => keeper.DisposeAsync();

    private async Task<IReadOnlyList<string>> WaitingAsync()
    {
        const string Sql = """
            SELECT usename::text
            FROM pg_locks
            JOIN pg_stat_activity USING (pid)
            WHERE locktype = 'advisory'
                AND objid::bigint = @key
                AND NOT granted
            """;
        return [.. await keeper.QueryAsync<string>(Sql, new { key })];
    }
}

/// <summary>Where a process may be stopped.</summary>
/// <param name="Act">Of a trigger: what is about to happen to which table.</param>
internal sealed record Place(string Act)
{
    /// <summary>No other statement sets the number of the attempt.</summary>
    public static Place Claim { get; } = new("UPDATE OF attempt ON exporthub.export");

    /// <summary>The file has its name; the row does not know yet.</summary>
    public static Place Publish { get; } = new("UPDATE OF sha256 ON exporthub.export");

    /// <summary>The row is committed as queued; the engine does not know yet.</summary>
    public static Place Enqueue => new(EngineTables.NewJob);

    /// <summary>The export is over; the engine does not know yet.</summary>
    public static Place Bookkeeping => new(EngineTables.JobDone);
}
