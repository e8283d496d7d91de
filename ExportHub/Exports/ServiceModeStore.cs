using Dapper;
using ExportHub.Access;
using ExportHub.Database;

namespace ExportHub.Exports;

/// <summary>What an administrator has switched off for a while, on all instances.</summary>
/// <param name="IntakePaused">New requests are refused; what was accepted goes on.</param>
/// <param name="Draining">Nothing is started; what runs goes on.</param>
internal readonly record struct ServiceMode(bool IntakePaused, bool Draining);

/// <summary>Reads and changes the mode; the claim of an attempt and the request of an export obey it.</summary>
internal sealed class ServiceModeStore(AppDatabase database, AuditedDatabase audited)
{
    public async Task<ServiceMode> ReadAsync(CancellationToken cancel)
    {
        const string Sql = "SELECT intake_paused, draining FROM exporthub.service_mode";
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        var (paused, draining) = await connection.QuerySingleAsync<(bool, bool)>(new CommandDefinition(Sql, cancellationToken: cancel));
        return new ServiceMode(paused, draining);
    }

    /// <summary>False when it was so already; nothing is recorded then.</summary>
    public Task<bool> PauseIntakeAsync(bool paused, AdminAct why, CancellationToken cancel) =>
        SwitchAsync("intake_paused", paused, why, cancel);

    /// <summary>False when it was so already; nothing is recorded then. The reconciler starts what waited.</summary>
    public Task<bool> DrainAsync(bool draining, AdminAct why, CancellationToken cancel) =>
        SwitchAsync("draining", draining, why, cancel);

    private Task<bool> SwitchAsync(string column, bool on, AdminAct why, CancellationToken cancel) =>
        audited.ChangeAsync($"UPDATE exporthub.service_mode SET {column} = @on WHERE {column} <> @on", new { on }, cancel, why.Reason);
}
