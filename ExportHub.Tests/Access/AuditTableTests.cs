using ExportHub.Access;
using ExportHub.Database;
using ExportHub.Exports;
using ExportHub.Tests.Exports;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace ExportHub.Tests.Access;

/// <summary>The walls around the table, and what its triggers write.</summary>
public sealed class AuditTableTests : IAsyncLifetime
{
    private readonly TestDatabase database = new();
    private readonly string role = $"app_{Guid.NewGuid():N}";

    public static TheoryData<string> Changes => new()
    {
        "UPDATE exporthub.audit SET who = 'somebody else'",
        "UPDATE exporthub.audit SET who = 'somebody else' WHERE false",
        "DELETE FROM exporthub.audit",
        "TRUNCATE exporthub.audit",
    };

    public Task InitializeAsync() => database.InitializeAsync();

    public async Task DisposeAsync()
    {
        await database.DisposeAsync();
        await TestServer.DropRoleAsync(role);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task The_role_of_the_application_has_no_right_to_change_it(string change)
    {
        await using var pool = await AsOrdinaryRoleAsync();
        await InsertAsync(pool);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(pool, change));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        Assert.Contains("permission denied", refused.MessageText, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_superuser_meets_the_second_wall(string change)
    {
        await InsertAsync(database.Pool);

        foreach (var mode in new[] { "origin", "replica" })
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(database.Pool, $"SET session_replication_role = {mode}; {change}"));
            Assert.Equal("exporthub.audit is only ever added to", refused.MessageText);
        }

        Assert.Equal(1, await database.CountAsync("SELECT count(*) FROM exporthub.audit WHERE act = 'test' AND who = 'anna'"));
    }

    [Fact]
    public async Task The_life_of_an_export_works_for_a_role_without_special_rights()
    {
        await using var pool = await AsOrdinaryRoleAsync();
        var export = SampleExport.New();
        Assert.True(await new ExportStore(new AppDatabase(pool), Audited.By(pool)).InsertAsync(export, default));

        Assert.Equal("request", Assert.Single(await database.AuditAsync(export.Id)).Act);
    }

    [Fact]
    public async Task Signs_of_life_and_progress_are_not_in_it()
    {
        var id = await SampleExport.InsertAsync(database);
        var attempts = new AttemptStore(new AppDatabase(database.Pool));
        var attempt = new AttemptId(id, (await attempts.ClaimAsync(id, new ExportsOptions(), default))!.Value);
        var before = (await database.AuditAsync(id)).Count;

        for (var n = 0; n < 3; n++)
        {
            Assert.Equal(Renewal.GoOn, await attempts.RenewAsync(attempt, new Progress(), TimeSpan.FromMinutes(1), default));
        }

        Assert.Equal(before, (await database.AuditAsync(id)).Count);
    }

    [Fact]
    public async Task Every_way_an_attempt_can_end_is_told_apart()
    {
        var attempts = new AttemptStore(new AppDatabase(database.Pool));
        var exports = new ExportStore(new AppDatabase(database.Pool), Audited.By(database.Pool));
        var id = await SampleExport.InsertAsync(database);

        await attempts.ReleaseAsync(await ClaimAsync(attempts, id), default);
        await attempts.PostponeAsync(await ClaimAsync(attempts, id), new ExportError("source_unavailable", "It did not answer."), TimeSpan.Zero, default);
        var third = await ClaimAsync(attempts, id);
        Assert.True(await exports.CancelAsync(id, Viewer.Everything, new AdminAct("It locks a table."), default));
        await attempts.CancelAsync(third, default);
        await exports.RetryAsync(id, Viewer.Everything, 3, act: null, default);
        var fourth = await ClaimAsync(attempts, id);
        await attempts.PublishAsync(fourth, SampleExport.File(fourth), TimeSpan.Zero, default);
        await attempts.PublishAsync(fourth, SampleExport.File(fourth), TimeSpan.Zero, default);
        await database.ExecuteAsync($"UPDATE exporthub.export SET status = 'expired', file_key = NULL WHERE id = '{id}'");

        var audit = await database.AuditAsync(id);
        Assert.Equal(
            ["request", "start", "release", "start", "postpone", "start", "cancel", "stop", "retry", "start", "complete", "expire"],
            audit.Select(entry => entry.Act));
        Assert.Equal("It locks a table.", audit[6].Text("reason"));
        Assert.Equal(["1", "2", "3", "4"], audit.Where(entry => entry.Act == "start").Select(entry => entry.Text("attempt")));
    }

    [Fact]
    public async Task Who_acts_is_known_in_one_transaction_only()
    {
        await using var connection = await database.Pool.OpenConnectionAsync();
        await using (var named = new NpgsqlCommand("SELECT set_config('exporthub.actor', '{\"who\": \"anna\", \"how\": \"session\"}', true)", connection))
        {
            await named.ExecuteNonQueryAsync();
        }

        await using var asked = new NpgsqlCommand("SELECT exporthub.actor() ->> 'how'", connection);
        Assert.Equal("system", await asked.ExecuteScalarAsync());
    }

    [Fact]
    public async Task What_administrators_did_before_there_was_an_audit_has_moved_into_it()
    {
        var scripts = SqlScript.EmbeddedIn("Migrations");
        await database.ExecuteAsync("DROP SCHEMA exporthub CASCADE");
        await database.ExecuteAsync("DROP SCHEMA quartz CASCADE");
        await MigrateAsync(database.Pool, [.. scripts.Where(script => script.Number < 10)]);
        await database.ExecuteAsync("""
            INSERT INTO exporthub.admin_action (id, at, who, act, export_id, reason)
            VALUES ('01a20000-0000-7000-8000-000000000001', '2026-01-01', 'anna', 'drain', NULL, 'Restart.'),
                ('01a20000-0000-7000-8000-000000000002', '2026-01-02', 'anna', 'cancel', '01a20000-0000-7000-8000-00000000000a', 'It locks a table.')
            """);

        await MigrateAsync(database.Pool, scripts);

        Assert.Equal(
            [("anna", "drain", "Restart.", 1), ("anna", "cancel", "It locks a table.", 2)],
            (await database.AuditAsync()).Select(entry => (entry.Who, entry.Act, entry.Text("reason"), entry.At.Day)));
    }

    private static async Task<AttemptId> ClaimAsync(AttemptStore attempts, Guid id) =>
        new(id, (await attempts.ClaimAsync(id, new ExportsOptions(), default))!.Value);

    private static Task InsertAsync(NpgsqlDataSource pool) =>
        new AuditStore(new AppDatabase(pool)).WriteAsync(new Actor("anna", Actor.Session), new AuditEvent("test"), default);

    /// <summary>A pool of a role that owns the schema, made by its own migrations, as in production.</summary>
    private async Task<NpgsqlDataSource> AsOrdinaryRoleAsync()
    {
        var name = new NpgsqlConnectionStringBuilder(database.ConnectionString).Database;
        await database.ExecuteAsync($"""
            DROP SCHEMA exporthub CASCADE;
            DROP SCHEMA quartz CASCADE;
            CREATE ROLE {role} LOGIN;
            GRANT CREATE ON DATABASE {name} TO {role};
            """);
        var pool = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = role }.ConnectionString);
        await MigrateAsync(pool, SqlScript.EmbeddedIn("Migrations"));
        return pool;
    }

    private static Task MigrateAsync(NpgsqlDataSource pool, IReadOnlyList<SqlScript> scripts) =>
        new Migrator(scripts, NullLogger<Migrator>.Instance).RunAsync(pool, CancellationToken.None);

    private static async Task ExecuteAsync(NpgsqlDataSource pool, string sql)
    {
        await using var connection = await pool.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
