using Dapper;
using ExportHub.Access;
using ExportHub.Database;
using ExportHub.Exports;
using ExportHub.Notifications;
using Npgsql;

namespace ExportHub.Schedules;

/// <summary>What a schedule says after it was checked.</summary>
internal sealed record ScheduleTerms(
    string Name, ExportRequest Request, Guid? TemplateId, int? TemplateVersion, Timing Timing, string TimeZone, MissedRuns Missed, RunGuard Guard, Delivery Delivery,
    TimeSpan? Retention);

/// <summary>
/// Reads schedules and makes the changes that people ask for. Who may is in each statement, so that somebody else's takes as long as one that does not exist. Each change
/// counts the version up and has its entry in the audit by a trigger.
/// </summary>
internal sealed class ScheduleStore(AppDatabase database, AuditedDatabase audited)
{
    private const int LargestList = 1000;

    private const string Theirs = "deleted_at IS NULL AND (@SeesAll OR owner = @Name)";

    static ScheduleStore() => ScheduleColumns.Register();

    /// <summary>The clock that decides what is due: one for all instances.</summary>
    public async Task<DateTimeOffset> NowAsync(CancellationToken cancel)
    {
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        return await connection.ExecuteScalarAsync<DateTime>(new CommandDefinition("SELECT clock_timestamp()", cancellationToken: cancel));
    }

    /// <summary>For the service itself, also when it is deleted.</summary>
    public Task<Schedule?> FindAsync(Guid id, CancellationToken cancel) => OneAsync($"{ScheduleColumns.Select} WHERE s.id = @id", new { id }, cancel);

    /// <summary>Null too when it is not the viewer's to see, or deleted.</summary>
    public Task<Schedule?> FindAsync(Guid id, Viewer viewer, CancellationToken cancel) =>
        OneAsync($"{ScheduleColumns.Select} WHERE id = @id AND {Theirs}", new { id, viewer.Name, viewer.SeesAll }, cancel);

    /// <summary>All that the viewer may see, by name.</summary>
    public async Task<IReadOnlyList<Schedule>> ListAsync(Viewer viewer, CancellationToken cancel)
    {
        var sql = $"{ScheduleColumns.Select} WHERE {Theirs} ORDER BY lower(name), owner, id LIMIT {LargestList}";
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        return [.. await connection.QueryAsync<Schedule>(new CommandDefinition(sql, new { viewer.Name, viewer.SeesAll }, cancellationToken: cancel))];
    }

    /// <summary>False when the owner has <paramref name="most"/> already.</summary>
    /// <exception cref="ScheduleNameTakenException">The owner has another one of this name.</exception>
    public Task<bool> AddAsync(Guid id, string owner, ScheduleTerms terms, DateTimeOffset? nextAt, int most, CancellationToken cancel)
    {
        const string Sql = """
            INSERT INTO exporthub.schedule
                (id, owner, name, dataset, request, template_id, template_version, timing, time_zone, missed, guard, delivery, retention, next_at)
            SELECT @id, @owner, @newName, @dataset, @request::jsonb, @TemplateId, @TemplateVersion, @timing::jsonb, @TimeZone, @missed, @guard::jsonb, @delivery::jsonb,
                @Retention::interval, @nextAt
            WHERE (SELECT count(*) FROM exporthub.schedule WHERE owner = @owner AND deleted_at IS NULL) < @most
            RETURNING true
            """;
        return NamedAsync(() => audited.QueryAsync<bool>(Sql, With(terms, new { id, owner, nextAt, most }), cancel));
    }

    /// <summary>From now on; what runs already is left alone. False when it is not the viewer's to change.</summary>
    /// <param name="nextAt">Not used while it is paused.</param>
    /// <exception cref="ScheduleNameTakenException">The owner has another one of this name.</exception>
    public Task<bool> ChangeAsync(Guid id, ScheduleTerms terms, DateTimeOffset? nextAt, Viewer viewer, CancellationToken cancel)
    {
        const string Sql = $"""
            UPDATE exporthub.schedule
            SET name = @newName, dataset = @dataset, request = @request::jsonb, template_id = @TemplateId, template_version = @TemplateVersion,
                timing = @timing::jsonb, time_zone = @TimeZone, missed = @missed, guard = @guard::jsonb, delivery = @delivery::jsonb, retention = @Retention::interval,
                next_at = CASE WHEN paused_at IS NULL THEN @nextAt END, version = version + 1, changed_at = now()
            WHERE id = @id AND {Theirs}
            RETURNING true
            """;
        return NamedAsync(() => audited.QueryAsync<bool>(Sql, With(terms, new { id, nextAt, viewer.Name, viewer.SeesAll }), cancel));
    }

    /// <summary>False when it is not the viewer's to change, or is paused.</summary>
    public Task<bool> PauseAsync(Guid id, string? reason, Viewer viewer, CancellationToken cancel) => audited.ChangeAsync(
        $"""
        UPDATE exporthub.schedule
        SET paused_at = now(), paused_by = @Name, paused_reason = @reason, next_at = NULL, version = version + 1
        WHERE id = @id AND paused_at IS NULL AND {Theirs}
        """,
        new { id, reason, viewer.Name, viewer.SeesAll },
        cancel);

    /// <summary>Failures are forgotten. False when it is not the viewer's to change, or is not paused.</summary>
    public Task<bool> ResumeAsync(Guid id, DateTimeOffset? nextAt, Viewer viewer, CancellationToken cancel) => audited.ChangeAsync(
        $"""
        UPDATE exporthub.schedule
        SET paused_at = NULL, paused_by = NULL, paused_reason = NULL, failures = 0, next_at = @nextAt, version = version + 1
        WHERE id = @id AND paused_at IS NOT NULL AND {Theirs}
        """,
        new { id, nextAt, viewer.Name, viewer.SeesAll },
        cancel);

    /// <summary>False when it is not the viewer's to change. Its runs and their files stay.</summary>
    public Task<bool> DeleteAsync(Guid id, Viewer viewer, CancellationToken cancel) => audited.ChangeAsync(
        $"UPDATE exporthub.schedule SET deleted_at = now(), next_at = NULL, version = version + 1 WHERE id = @id AND {Theirs}",
        new { id, viewer.Name, viewer.SeesAll },
        cancel);

    /// <summary>False when it is not the viewer's to change.</summary>
    /// <exception cref="ScheduleNameTakenException">The new owner has another one of this name.</exception>
    public Task<bool> GiveAsync(Guid id, string owner, Viewer viewer, CancellationToken cancel) => NamedAsync(() => audited.ChangeAsync(
        $"UPDATE exporthub.schedule SET owner = @owner, version = version + 1, changed_at = now() WHERE id = @id AND {Theirs}",
        new { id, owner, viewer.Name, viewer.SeesAll },
        cancel));

    private async Task<Schedule?> OneAsync(string sql, object parameters, CancellationToken cancel)
    {
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        return await connection.QuerySingleOrDefaultAsync<Schedule>(new CommandDefinition(sql, parameters, cancellationToken: cancel));
    }

    private static DynamicParameters With(ScheduleTerms terms, object parameters)
    {
        var all = new DynamicParameters(parameters);
        all.AddDynamicParams(new
        {
            newName = terms.Name, dataset = terms.Request.Dataset, request = ScheduleColumns.Write(terms.Request), terms.TemplateId, terms.TemplateVersion,
            timing = ScheduleColumns.Write(terms.Timing), terms.TimeZone, missed = ScheduleColumns.Name(terms.Missed), guard = ScheduleColumns.Write(terms.Guard),
            delivery = ScheduleColumns.Write(terms.Delivery), terms.Retention,
        });
        return all;
    }

    private static async Task<bool> NamedAsync(Func<Task<bool>> save)
    {
        try
        {
            return await save();
        }
        catch (PostgresException fault) when (fault is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "schedule_name" })
        {
            throw new ScheduleNameTakenException();
        }
    }
}

/// <summary>Nothing was saved.</summary>
internal sealed class ScheduleNameTakenException : Exception;
