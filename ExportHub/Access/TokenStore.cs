using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using ExportHub.Database;

namespace ExportHub.Access;

/// <summary>A token as its owner sees it later: everything but the token.</summary>
internal sealed record ApiToken
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required string[] Scopes { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }
}

/// <summary>Whose token it is and what it may be used for.</summary>
internal sealed record TokenHolder
{
    public required Guid UserId { get; init; }

    /// <summary>What the owner calls the token.</summary>
    public required string Name { get; init; }

    public required string[] Scopes { get; init; }

    public required TimeSpan Left { get; init; }
}

/// <summary>
/// Personal tokens for programs. A token has 256 random bits, so that its plain SHA-256 in the database is as good as a slow hash; it is shown once.
/// </summary>
internal sealed class TokenStore(AppDatabase database, AuditedDatabase audited, AccessMemory memory)
{
    public const string Prefix = "exh_";

    private const int Bytes = 32;

    static TokenStore() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    /// <summary>Makes a token and returns it; it cannot be had again.</summary>
    public async Task<string> CreateAsync(Guid userId, string name, IReadOnlyCollection<string> scopes, TimeSpan lifetime, CancellationToken cancel)
    {
        var token = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
        await SeedAsync(userId, name, token, scopes, lifetime, cancel);
        return token;
    }

    /// <summary>Makes a given token valid; one that is there already stays as it is.</summary>
    public Task<bool> SeedAsync(Guid userId, string name, string token, IReadOnlyCollection<string> scopes, TimeSpan lifetime, CancellationToken cancel) => audited.ChangeAsync(
        """
        INSERT INTO exporthub.api_token (id, user_id, name, hash, scopes, expires_at)
        VALUES (@Id, @userId, @name, @Hash, @Scopes, now() + @lifetime)
        ON CONFLICT (hash) DO NOTHING
        """,
        new { Id = Guid.CreateVersion7(), userId, name, Hash = HashOf(token), Scopes = scopes.ToArray(), lifetime },
        cancel);

    /// <summary>Null when the token is unknown, expired or revoked, or its owner disabled. Its use is noted, once a minute.</summary>
    public async Task<TokenHolder?> FindHolderAsync(string token, CancellationToken cancel)
    {
        const string Sql = """
            WITH used AS (
                UPDATE exporthub.api_token
                SET last_used_at = now()
                WHERE hash = @Hash
                    AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')
            )
            SELECT token.user_id, token.name, token.scopes, token.expires_at - now() AS left
            FROM exporthub.api_token AS token
            JOIN exporthub.app_user AS owner ON owner.id = token.user_id
            WHERE token.hash = @Hash
                AND token.revoked_at IS NULL
                AND token.expires_at > now()
                AND NOT owner.disabled
            """;
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        return await connection.QuerySingleOrDefaultAsync<TokenHolder>(new CommandDefinition(Sql, new { Hash = HashOf(token) }, cancellationToken: cancel));
    }

    /// <summary>Newest first, revoked and expired ones too.</summary>
    public async Task<IReadOnlyList<ApiToken>> ListAsync(Guid userId, CancellationToken cancel)
    {
        const string Sql = """
            SELECT id, name, scopes, created_at, expires_at, last_used_at, revoked_at
            FROM exporthub.api_token
            WHERE user_id = @userId
            ORDER BY id DESC
            """;
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        return [.. await connection.QueryAsync<ApiToken>(new CommandDefinition(Sql, new { userId }, cancellationToken: cancel))];
    }

    /// <summary>False when it is not this person's or was revoked before.</summary>
    public async Task<bool> RevokeAsync(Guid userId, Guid id, CancellationToken cancel)
    {
        var revoked = await audited.ChangeAsync(
            "UPDATE exporthub.api_token SET revoked_at = now() WHERE id = @id AND user_id = @userId AND revoked_at IS NULL", new { id, userId }, cancel);
        memory.Forget();
        return revoked;
    }

    /// <summary>By what a token is known where the token itself must not be kept.</summary>
    public static string Hash(string token) => Convert.ToHexStringLower(HashOf(token));

    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
