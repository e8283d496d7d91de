using Dapper;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;

namespace ExportHub.Database;

/// <summary>
/// Makes the first key that signs forms and sessions before anybody is answered, one instance at a time. Left to data protection, instances that start
/// together on a new database each make one, and for a while refuse what the other has signed.
/// </summary>
internal sealed class FirstKey(AppDatabase database, IKeyManager keys, IOptions<KeyManagementOptions> options, TimeProvider time) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Pool.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            "SELECT pg_advisory_xact_lock(hashtextextended('exporthub.protection_key', 0))", cancellationToken: cancellationToken));
        var now = time.GetUtcNow();
        if (!keys.GetAllKeys().Any(key => !key.IsRevoked && key.ExpirationDate > now))
        {
            keys.CreateNewKey(now, now + options.Value.NewKeyLifetime);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
