using Dapper;
using ExportHub.Database;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace ExportHub.Access;

/// <summary>Keeps people for ASP.NET Core Identity, which hashes passwords and gives the stamps that end sessions.</summary>
internal sealed class UserStore(AppDatabase database, AuditedDatabase audited, AccessMemory memory) : IUserPasswordStore<User>, IUserSecurityStampStore<User>
{
    private const string Select = """
        SELECT id, name, name_key, email, password_hash, security_stamp, disabled, roles, attributes, origin, subject, quota_bytes, created_at
        FROM exporthub.app_user
        """;

    static UserStore()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        Attributes.Register();
    }

    public async Task<IdentityResult> CreateAsync(User user, CancellationToken cancellationToken)
    {
        const string Sql = """
            INSERT INTO exporthub.app_user (id, name, name_key, email, password_hash, security_stamp, disabled, roles, attributes, origin, subject)
            VALUES (@Id, @Name, @NameKey, @Email, @PasswordHash, @SecurityStamp, @Disabled, @Roles, @Attributes::jsonb, @Origin, @Subject)
            ON CONFLICT (name_key) DO NOTHING
            """;
        return await audited.ChangeAsync(Sql, user, cancellationToken)
            ? IdentityResult.Success
            : IdentityResult.Failed(new IdentityError { Code = "DuplicateUserName", Description = $"There is somebody named {user.Name} already." });
    }

    public async Task<IdentityResult> UpdateAsync(User user, CancellationToken cancellationToken)
    {
        const string Sql = """
            UPDATE exporthub.app_user
            SET email = @Email, password_hash = @PasswordHash, security_stamp = @SecurityStamp, disabled = @Disabled, roles = @Roles, attributes = @Attributes::jsonb
            WHERE id = @Id
            """;
        var changed = await audited.ChangeAsync(Sql, user, cancellationToken);
        memory.Forget();
        return changed
            ? IdentityResult.Success
            : IdentityResult.Failed(new IdentityError { Code = "Gone", Description = "This person is there no longer." });
    }

    public async Task<IdentityResult> DeleteAsync(User user, CancellationToken cancellationToken)
    {
        await audited.ChangeAsync("DELETE FROM exporthub.app_user WHERE id = @Id", new { user.Id }, cancellationToken);
        memory.Forget();
        return IdentityResult.Success;
    }

    /// <summary>It concerns no sign-in, so sessions go on. False when the person is there no longer.</summary>
    public Task<bool> GiveQuotaAsync(Guid id, long? bytes, CancellationToken cancel) =>
        audited.ChangeAsync("UPDATE exporthub.app_user SET quota_bytes = @bytes WHERE id = @id", new { id, bytes }, cancel);

    public async Task<User?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Guid.TryParse(userId, out var id) ? await FindAsync($"{Select} WHERE id = @id", new { id }, cancellationToken) : null;

    public Task<User?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        FindAsync($"{Select} WHERE name_key = @normalizedUserName", new { normalizedUserName }, cancellationToken);

    /// <summary>Everybody, by name.</summary>
    public async Task<IReadOnlyList<User>> ListAsync(CancellationToken cancel)
    {
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        return [.. await connection.QueryAsync<User>(new CommandDefinition($"{Select} ORDER BY name_key", cancellationToken: cancel))];
    }

    /// <summary>Active people with that mail address, whatever its capitals.</summary>
    public async Task<IReadOnlyList<User>> ListByAddressAsync(string address, CancellationToken cancel)
    {
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        return [.. await connection.QueryAsync<User>(
            new CommandDefinition($"{Select} WHERE lower(email) = lower(@address) AND NOT disabled ORDER BY name_key", new { address }, cancellationToken: cancel))];
    }

    public Task<string> GetUserIdAsync(User user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString());

    public Task<string?> GetUserNameAsync(User user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Name);

    public Task<string?> GetNormalizedUserNameAsync(User user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.NameKey);

    public Task<string?> GetPasswordHashAsync(User user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);

    public Task<bool> HasPasswordAsync(User user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);

    public Task<string?> GetSecurityStampAsync(User user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SecurityStamp);

    public Task SetUserNameAsync(User user, string? userName, CancellationToken cancellationToken) => Set(() => user.Name = userName!);

    public Task SetNormalizedUserNameAsync(User user, string? normalizedName, CancellationToken cancellationToken) => Set(() => user.NameKey = normalizedName!);

    public Task SetPasswordHashAsync(User user, string? passwordHash, CancellationToken cancellationToken) => Set(() => user.PasswordHash = passwordHash);

    public Task SetSecurityStampAsync(User user, string stamp, CancellationToken cancellationToken) => Set(() => user.SecurityStamp = stamp);

    public void Dispose()
    {
        // The pool is the host's.
    }

    private static Task Set(Action change)
    {
        change();
        return Task.CompletedTask;
    }

    private async Task<User?> FindAsync(string sql, object parameters, CancellationToken cancel)
    {
        await using NpgsqlConnection connection = await database.Pool.OpenConnectionAsync(cancel);
        return await connection.QuerySingleOrDefaultAsync<User>(new CommandDefinition(sql, parameters, cancellationToken: cancel));
    }
}
