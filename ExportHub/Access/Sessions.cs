using Dapper;
using ExportHub.Database;
using Microsoft.Extensions.Options;

namespace ExportHub.Access;

/// <summary>
/// Who is signed in, in a table that all instances share. Each request with a session asks for it, so that one that was ended is over on all of
/// them, whatever cookie is sent.
/// </summary>
internal sealed class Sessions(AppDatabase database, AccessMemory memory, IOptions<AccessOptions> options)
{
    /// <summary>The claim with the id of the session.</summary>
    public const string Claim = "session";

    private static readonly TimeSpan Believed = TimeSpan.FromMinutes(5);

    /// <summary>Begins a session under an id that was never used, and forgets those whose time is over.</summary>
    public async Task<Guid> BeginAsync(Guid userId, CancellationToken cancel)
    {
        const string Sql = """
            WITH over AS (
                DELETE FROM exporthub.app_session
                WHERE started_at < now() - @limit
            )
            INSERT INTO exporthub.app_session (id, user_id)
            VALUES (@id, @userId)
            """;
        var id = Guid.NewGuid();
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(Sql, new { id, userId, limit = options.Value.SessionLimit }, cancellationToken: cancel));
        return id;
    }

    /// <summary>
    /// False when it was ended or has reached `Access:SessionLimit`, or when its owner was disabled or got another stamp. The limit may be noticed up to
    /// <see cref="Believed"/> late, everything else at once.
    /// </summary>
    public async Task<bool> IsOpenAsync(Guid id, string stamp, CancellationToken cancel) =>
        await memory.AskAsync((id, stamp), Believed, async () => await LookAsync(id, stamp, cancel) ? stamp : null) is not null;

    private async Task<bool> LookAsync(Guid id, string stamp, CancellationToken cancel)
    {
        const string Sql = """
            SELECT EXISTS (
                SELECT
                FROM exporthub.app_session AS session
                JOIN exporthub.app_user AS owner ON owner.id = session.user_id
                WHERE session.id = @id
                    AND session.started_at > now() - @limit
                    AND owner.security_stamp = @stamp
                    AND NOT owner.disabled)
            """;
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(Sql, new { id, stamp, limit = options.Value.SessionLimit }, cancellationToken: cancel));
    }

    public async Task EndAsync(Guid id, CancellationToken cancel)
    {
        await database.ChangeAsync("DELETE FROM exporthub.app_session WHERE id = @id", new { id }, cancel);
        memory.Forget();
    }
}
