using System.Security.Cryptography;
using Dapper;
using ExportHub.Database;
using Microsoft.AspNetCore.DataProtection;

namespace ExportHub.Access;

/// <summary>
/// The key that all instances sign links with. It is kept encrypted by data protection, and asked for each time, so that whoever deletes its row ends all
/// links everywhere at once.
/// </summary>
internal sealed class LinkKey(AppDatabase database, IDataProtectionProvider protection)
{
    /// <summary>As long as the hash: RFC 2104, 3.</summary>
    private const int Bytes = 32;

    private readonly IDataProtector protector = protection.CreateProtector("ExportHub.LinkKey");

    /// <summary>Null when no link was ever signed.</summary>
    public async Task<byte[]?> FindAsync(CancellationToken cancel)
    {
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        var kept = await connection.QuerySingleOrDefaultAsync<byte[]>(new CommandDefinition("SELECT key FROM exporthub.link_key", cancellationToken: cancel));
        return kept is null ? null : protector.Unprotect(kept);
    }

    /// <summary>Makes one where there is none; of several instances that do so at once, one is first and all use its key.</summary>
    public async Task<byte[]> FindOrMakeAsync(CancellationToken cancel)
    {
        if (await FindAsync(cancel) is { } key)
        {
            return key;
        }

        var fresh = protector.Protect(RandomNumberGenerator.GetBytes(Bytes));
        await database.ChangeAsync("INSERT INTO exporthub.link_key (key) VALUES (@fresh) ON CONFLICT (only_row) DO NOTHING", new { fresh }, cancel);
        return (await FindAsync(cancel))!;
    }
}
