using Dapper;
using ExportHub.Database;

namespace ExportHub.Exports;

/// <summary>What an administrator has switched off for a while, on all instances.</summary>
/// <param name="IntakePaused">New requests are refused; what was accepted goes on.</param>
/// <param name="Draining">Nothing is started; what runs goes on.</param>
internal readonly record struct ServiceMode(bool IntakePaused, bool Draining);

/// <summary>Reads and changes the mode; the claim of an attempt and the request of an export obey it.</summary>
internal sealed class ServiceModeStore(AppDatabase database)
{
    public async Task<ServiceMode> ReadAsync(CancellationToken cancel)
    {
        const string Sql = "SELECT intake_paused, draining FROM exporthub.service_mode";
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        var (paused, draining) = await connection.QuerySingleAsync<(bool, bool)>(new CommandDefinition(Sql, cancellationToken: cancel));
        return new ServiceMode(paused, draining);
    }

    /// <summary>False when it was so already.</summary>
    public Task<bool> PauseIntakeAsync(bool paused, CancellationToken cancel) => database.ChangeAsync(
        "UPDATE exporthub.service_mode SET intake_paused = @paused WHERE intake_paused <> @paused", new { paused }, cancel);

    /// <summary>False when it was so already. The reconciler starts what waited.</summary>
    public Task<bool> DrainAsync(bool draining, CancellationToken cancel) => database.ChangeAsync(
        "UPDATE exporthub.service_mode SET draining = @draining WHERE draining <> @draining", new { draining }, cancel);
}
