using Dapper;
using ExportHub.Access;
using ExportHub.Database;

namespace ExportHub.Notifications.Targets;

/// <summary>Reads and changes targets. Changes have their entry in the audit by a trigger.</summary>
internal sealed class TargetStore(AppDatabase database, AuditedDatabase audited)
{
    public const int Most = 200;

    private const string Select = """
        SELECT id, name, kind, settings::text AS settings, secret IS NOT NULL AS has_secret, roles, disabled, created_by, created_at
        FROM exporthub.target
        WHERE deleted_at IS NULL
        """;

    static TargetStore() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    /// <summary>By name.</summary>
    public async Task<IReadOnlyList<Target>> ListAsync(CancellationToken cancel)
    {
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        return [.. (await connection.QueryAsync<Row>(new CommandDefinition($"{Select} ORDER BY lower(name)", cancellationToken: cancel))).Select(row => row.ToTarget())];
    }

    /// <summary>Null when it is not there or deleted.</summary>
    public async Task<Target?> FindAsync(Guid id, CancellationToken cancel)
    {
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        return (await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition($"{Select} AND id = @id", new { id }, cancellationToken: cancel)))?.ToTarget();
    }

    /// <summary>Null without one, and when the target is gone.</summary>
    public async Task<string?> FindProtectedSecretAsync(Guid id, CancellationToken cancel)
    {
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        return await connection.QuerySingleOrDefaultAsync<string?>(
            new CommandDefinition("SELECT secret FROM exporthub.target WHERE id = @id", new { id }, cancellationToken: cancel));
    }

    /// <summary>False when the name is taken, or there are as many as there may be.</summary>
    public Task<bool> AddAsync(Target target, string? protectedSecret, CancellationToken cancel)
    {
        const string Sql = """
            INSERT INTO exporthub.target (id, name, kind, settings, secret, roles, created_by)
            SELECT @Id, @Name, @Kind, @Settings::jsonb, @protectedSecret, @Roles, @CreatedBy
            WHERE (SELECT count(*) FROM exporthub.target WHERE deleted_at IS NULL) < @Most
            ON CONFLICT DO NOTHING
            """;
        return audited.ChangeAsync(
            Sql,
            new { target.Id, target.Name, Kind = NameOf(target.Kind), Settings = NotificationsJson.Write(target.Settings), protectedSecret, target.Roles, target.CreatedBy, Most },
            cancel);
    }

    /// <param name="protectedSecret">Null leaves the one there is.</param>
    public Task<bool> ChangeAsync(Guid id, TargetSettings settings, string[] roles, string? protectedSecret, CancellationToken cancel)
    {
        const string Sql = """
            UPDATE exporthub.target
            SET settings = @Settings::jsonb, roles = @roles, secret = coalesce(@protectedSecret, secret)
            WHERE id = @id
                AND deleted_at IS NULL
            """;
        return audited.ChangeAsync(Sql, new { id, Settings = NotificationsJson.Write(settings), roles, protectedSecret }, cancel);
    }

    /// <summary>False when it was so already.</summary>
    public Task<bool> DisableAsync(Guid id, bool disabled, CancellationToken cancel) => audited.ChangeAsync(
        "UPDATE exporthub.target SET disabled = @disabled WHERE id = @id AND deleted_at IS NULL AND disabled <> @disabled", new { id, disabled }, cancel);

    /// <summary>Forgets its secret too.</summary>
    public Task<bool> DeleteAsync(Guid id, CancellationToken cancel) => audited.ChangeAsync(
        "UPDATE exporthub.target SET deleted_at = now(), secret = NULL WHERE id = @id AND deleted_at IS NULL", new { id }, cancel);

    public static string NameOf(TargetKind kind) => kind.ToString().ToLowerInvariant();

    private sealed record Row
    {
        public Guid Id { get; init; }

        public string Name { get; init; } = "";

        public string Kind { get; init; } = "";

        public string Settings { get; init; } = "";

        public bool HasSecret { get; init; }

        public string[] Roles { get; init; } = [];

        public bool Disabled { get; init; }

        public string CreatedBy { get; init; } = "";

        public DateTime CreatedAt { get; init; }

        public Target ToTarget() => new()
        {
            Id = Id, Name = Name, Kind = Enum.Parse<TargetKind>(Kind, ignoreCase: true), Settings = NotificationsJson.Read<TargetSettings>(Settings), HasSecret = HasSecret,
            Roles = Roles, Disabled = Disabled, CreatedBy = CreatedBy, CreatedAt = CreatedAt,
        };
    }
}
