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

    /// <summary>False when it was so already; nothing is recorded then.</summary>
    public Task<bool> PauseIntakeAsync(bool paused, AdminAct act, CancellationToken cancel) => database.ChangeAsync(
        """
        WITH changed AS (
            UPDATE exporthub.service_mode
            SET intake_paused = @paused
            WHERE intake_paused <> @paused
            RETURNING only_row
        )
        INSERT INTO exporthub.admin_action (id, who, act, reason)
        SELECT @ActId, @Who, CASE WHEN @paused THEN 'pause' ELSE 'resume' END, @Reason
        FROM changed
        """,
        new { paused, act.ActId, act.Who, act.Reason },
        cancel);

    /// <summary>False when it was so already; nothing is recorded then. The reconciler starts what waited.</summary>
    public Task<bool> DrainAsync(bool draining, AdminAct act, CancellationToken cancel) => database.ChangeAsync(
        """
        WITH changed AS (
            UPDATE exporthub.service_mode
            SET draining = @draining
            WHERE draining <> @draining
            RETURNING only_row
        )
        INSERT INTO exporthub.admin_action (id, who, act, reason)
        SELECT @ActId, @Who, CASE WHEN @draining THEN 'drain' ELSE 'undrain' END, @Reason
        FROM changed
        """,
        new { draining, act.ActId, act.Who, act.Reason },
        cancel);
}
