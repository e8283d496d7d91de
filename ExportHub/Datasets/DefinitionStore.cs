using System.Globalization;
using System.Text;
using Dapper;
using ExportHub.Access;
using ExportHub.Database;

namespace ExportHub.Datasets;

/// <summary>Keeps definitions in ExportHub's own database. Triggers write each change into the audit, with the definition before and after.</summary>
internal sealed class DefinitionStore(AppDatabase database, AuditedDatabase audited)
{
    /// <summary>Tells whether anything has changed: the versions of all definitions in one text.</summary>
    public async Task<string> StateAsync(CancellationToken cancel)
    {
        const string Sql = "SELECT coalesce(string_agg(version::text, ',' ORDER BY version), '') FROM exporthub.dataset";
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        return (await connection.ExecuteScalarAsync<string>(new CommandDefinition(Sql, cancellationToken: cancel)))!;
    }

    public async Task<IReadOnlyList<DefinitionFile>> ListAsync(CancellationToken cancel)
    {
        const string Sql = "SELECT name, definition::text AS definition, version FROM exporthub.dataset ORDER BY name";
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(Sql, cancellationToken: cancel));
        return [.. rows.Select(row => row.ToFile())];
    }

    /// <summary>False when there is one of that name.</summary>
    public Task<bool> AddAsync(string name, string json, CancellationToken cancel)
    {
        const string Sql = """
            INSERT INTO exporthub.dataset (name, definition, changed_by)
            VALUES (@name, @json::jsonb, @who)
            ON CONFLICT (name) DO NOTHING
            """;
        return audited.ChangeAsync(Sql, new { name, json, who = Who }, cancel);
    }

    /// <summary>False when it is no longer the one with that stamp.</summary>
    public Task<bool> ReplaceAsync(string name, string stamp, string json, CancellationToken cancel)
    {
        const string Sql = """
            UPDATE exporthub.dataset
            SET definition = @json::jsonb, version = nextval('exporthub.dataset_version'), changed_by = @who, changed_at = now()
            WHERE name = @name AND version::text = @stamp
            """;
        return audited.ChangeAsync(Sql, new { name, json, stamp, who = Who }, cancel);
    }

    /// <summary>False when it is no longer the one with that stamp.</summary>
    public Task<bool> DeleteAsync(string name, string stamp, CancellationToken cancel) =>
        audited.ChangeAsync("DELETE FROM exporthub.dataset WHERE name = @name AND version::text = @stamp", new { name, stamp }, cancel);

    private string Who => audited.Actor.Who ?? "ExportHub";

    private sealed record Row(string Name, string Definition, long Version)
    {
        public DefinitionFile ToFile() => DefinitionText.Read($"{Name} (stored)", Name, Encoding.UTF8.GetBytes(Definition)) with
        {
            IsStored = true,
            Stamp = Version.ToString(CultureInfo.InvariantCulture),
        };
    }
}
