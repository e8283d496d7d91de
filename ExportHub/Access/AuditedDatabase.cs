using System.Text.Json;
using Dapper;
using ExportHub.Database;

namespace ExportHub.Access;

/// <summary>
/// Changes rows in the name of whoever asks. The triggers that keep the audit learn from the transaction who that is, so that a change and its entry are
/// one: neither is there without the other. Outside of a request it is ExportHub itself.
/// </summary>
internal sealed class AuditedDatabase(AppDatabase database, IHttpContextAccessor http)
{
    // For the transaction only: a connection goes back to the pool without it.
    private const string Named = "SELECT set_config('exporthub.actor', @Actor, true);";

    public Actor Actor => http.HttpContext is { } request ? Actor.Of(request) : Actor.System;

    /// <summary>Writes one row under a guard. False when the guard let no row through; nothing is in the audit then.</summary>
    /// <param name="reason">Why, where that has to be said.</param>
    public Task<bool> ChangeAsync(string sql, object parameters, CancellationToken cancel, string? reason = null) =>
        database.ChangeAsync(Named + sql, WithActor(parameters, reason), cancel);

    /// <summary>The one row that the last statement answers with, or its default.</summary>
    /// <param name="before">How many statements before it answer too.</param>
    public async Task<T?> QueryAsync<T>(string sql, object parameters, CancellationToken cancel, string? reason = null, int before = 0)
    {
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(Named + sql, WithActor(parameters, reason), cancellationToken: cancel));
        for (var n = 0; n <= before; n++)
        {
            await results.ReadAsync();
        }

        return await results.ReadSingleOrDefaultAsync<T>();
    }

    private DynamicParameters WithActor(object parameters, string? reason)
    {
        var all = new DynamicParameters(parameters);
        var actor = Actor;
        all.Add("Actor", JsonSerializer.Serialize(new { actor.Who, actor.How, actor.Token, actor.Address, reason }, JsonSerializerOptions.Web));
        return all;
    }
}
