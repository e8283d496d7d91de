using System.Text.Json;
using Dapper;
using ExportHub.Access;
using ExportHub.Database;
using ExportHub.Exports;
using Npgsql;

namespace ExportHub.Schedules;

/// <summary>
/// Reads and writes templates. Who may read or change one is in each statement, so that somebody else's takes as long as one that does not exist. Each change has
/// its entry in the audit by a trigger.
/// </summary>
internal sealed class TemplateStore(AppDatabase database, AuditedDatabase audited)
{
    /// <summary>As many as one person may have.</summary>
    public const int Most = 200;

    private const int LargestList = 1000;

    private const string Columns = """
        SELECT t.id, t.owner, t.dataset, t.name, t.description, t.shared_with, t.version AS latest, v.version, v.saved_by, v.saved_at,
            EXISTS (SELECT FROM exporthub.template_default AS d WHERE d.template_id = t.id AND d.person = @Name) AS is_own_default,
            EXISTS (SELECT FROM exporthub.template_default AS d WHERE d.template_id = t.id AND d.person = '') AS is_default_for_all
        """;

    private const string Tables = "FROM exporthub.template AS t JOIN exporthub.template_version AS v ON v.template_id = t.id";

    private const string Readable = "t.deleted_at IS NULL AND (@SeesAll OR t.owner = @Name OR t.shared_with && @Roles)";

    static TemplateStore() => ExportColumns.Register();

    /// <summary>A version for the service itself, also when the template is deleted; null without a version means the newest.</summary>
    public Task<Template?> FindAsync(Guid id, int? version, CancellationToken cancel) =>
        OneAsync($"{Columns}, v.request {Tables} WHERE t.id = @id AND v.version = coalesce(@version, t.version)", new { id, version, Name = "" }, cancel);

    /// <summary>Null too when the reader may not read it, or it is deleted.</summary>
    public Task<Template?> FindAsync(Guid id, int? version, Person reader, CancellationToken cancel) =>
        OneAsync($"{Columns}, v.request {Tables} WHERE t.id = @id AND v.version = coalesce(@version, t.version) AND {Readable}", As(reader, new { id, version }), cancel);

    /// <summary>The newest version of what the request page of a dataset begins with: the reader's own default, else everybody's where the reader may read it.</summary>
    public Task<Template?> FindDefaultAsync(string dataset, Person reader, CancellationToken cancel)
    {
        const string Sql = $"""
            {Columns}, v.request
            {Tables} AND v.version = t.version
            JOIN exporthub.template_default AS chosen ON chosen.template_id = t.id AND chosen.dataset = @dataset AND chosen.person IN (@Name, '')
            WHERE {Readable}
            ORDER BY chosen.person = ''
            LIMIT 1
            """;
        return OneAsync(Sql, As(reader, new { dataset }), cancel);
    }

    /// <summary>All that the reader may read, without their requests, by dataset and name.</summary>
    public async Task<IReadOnlyList<Template>> ListAsync(string? dataset, Person reader, CancellationToken cancel)
    {
        var sql = $"""
            {Columns}
            {Tables} AND v.version = t.version
            WHERE {Readable} AND (@dataset::text IS NULL OR t.dataset = @dataset)
            ORDER BY t.dataset, lower(t.name), t.id
            LIMIT {LargestList}
            """;
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        return [.. await connection.QueryAsync<Template>(new CommandDefinition(sql, As(reader, new { dataset = StorableText.Of(dataset) }), cancellationToken: cancel))];
    }

    /// <summary>Newest first; empty when the reader may not read it.</summary>
    public async Task<IReadOnlyList<TemplateVersion>> ListVersionsAsync(Guid id, Person reader, CancellationToken cancel)
    {
        var sql = $"SELECT v.version, v.saved_by, v.saved_at {Tables} WHERE t.id = @id AND {Readable} ORDER BY v.version DESC LIMIT {LargestList}";
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        var found = await connection.QueryAsync<(int Version, string SavedBy, DateTimeOffset SavedAt)>(new CommandDefinition(sql, As(reader, new { id }), cancellationToken: cancel));
        return [.. found.Select(version => new TemplateVersion(version.Version, version.SavedBy, version.SavedAt))];
    }

    /// <summary>Stores a new template with its first version.</summary>
    /// <returns>False when the owner has the most already.</returns>
    /// <exception cref="TemplateNameTakenException">The owner has another one of this name for the dataset.</exception>
    public Task<bool> AddAsync(Guid id, string owner, string name, string? description, string[] sharedWith, ExportRequest request, CancellationToken cancel)
    {
        const string Sql = """
            WITH made AS (
                INSERT INTO exporthub.template (id, owner, dataset, name, description, shared_with)
                SELECT @id, @owner, @dataset, @name, @description, @sharedWith
                WHERE (SELECT count(*) FROM exporthub.template WHERE owner = @owner AND deleted_at IS NULL) < @Most
                RETURNING id, version, owner
            )
            INSERT INTO exporthub.template_version (template_id, version, request, saved_by)
            SELECT id, version, @request::jsonb, owner
            FROM made
            RETURNING true
            """;
        var parameters = new { id, owner, dataset = request.Dataset, name, description, sharedWith, request = Json(request), Most };
        return NamedAsync(() => audited.QueryAsync<bool>(Sql, parameters, cancel));
    }

    /// <summary>Changes what holds for all versions, and makes a new version of what is asked for, where that is given; the newest version comes back.</summary>
    /// <returns>Null when it is not the reader's to change.</returns>
    /// <exception cref="TemplateNameTakenException">The owner has another one of this name for the dataset.</exception>
    public Task<int?> ChangeAsync(Guid id, string name, string? description, string[] sharedWith, ExportRequest? request, Person reader, CancellationToken cancel)
    {
        // The lock on the row puts those who save at the same time in turn, so that each has a number of its own.
        const string Sql = """
            WITH changed AS (
                UPDATE exporthub.template
                SET name = @newName, description = @description, shared_with = @sharedWith,
                    version = version + CASE WHEN @request::jsonb IS NULL THEN 0 ELSE 1 END
                WHERE id = @id AND deleted_at IS NULL AND (@SeesAll OR owner = @Name)
                RETURNING id, version
            ), added AS (
                INSERT INTO exporthub.template_version (template_id, version, request, saved_by)
                SELECT id, version, @request::jsonb, @Name
                FROM changed
                WHERE @request::jsonb IS NOT NULL
            )
            SELECT version FROM changed
            """;
        return NamedAsync(() => audited.QueryAsync<int?>(
            Sql, As(reader, new { id, newName = name, description, sharedWith, request = Json(request) }), cancel));
    }

    /// <summary>Makes a new version of what is asked for and leaves the rest.</summary>
    /// <returns>Null when it is not the reader's to change, or of another dataset.</returns>
    public Task<int?> AddVersionAsync(Guid id, ExportRequest request, Person reader, CancellationToken cancel)
    {
        const string Sql = """
            WITH changed AS (
                UPDATE exporthub.template
                SET version = version + 1
                WHERE id = @id AND dataset = @dataset AND deleted_at IS NULL AND (@SeesAll OR owner = @Name)
                RETURNING id, version
            )
            INSERT INTO exporthub.template_version (template_id, version, request, saved_by)
            SELECT id, version, @request::jsonb, @Name
            FROM changed
            RETURNING version
            """;
        return audited.QueryAsync<int?>(Sql, As(reader, new { id, dataset = request.Dataset, request = Json(request) }), cancel);
    }

    /// <summary>Hides it from everybody. False when it is not the reader's to change.</summary>
    public Task<bool> DeleteAsync(Guid id, Person reader, CancellationToken cancel) => audited.QueryAsync<bool>(
        """
        UPDATE exporthub.template
        SET deleted_at = now()
        WHERE id = @id AND deleted_at IS NULL AND (@SeesAll OR owner = @Name)
        RETURNING true
        """,
        As(reader, new { id }),
        cancel);

    /// <summary>Lets request pages of its dataset begin with it: the reader's, or everybody's. False when the reader may not read it.</summary>
    public Task<bool> MakeDefaultAsync(Guid id, bool forAll, Person reader, CancellationToken cancel) => audited.QueryAsync<bool>(
        $"""
        INSERT INTO exporthub.template_default (dataset, person, template_id)
        SELECT t.dataset, CASE WHEN @forAll THEN '' ELSE @Name END, t.id
        FROM exporthub.template AS t
        WHERE t.id = @id AND {Readable}
        ON CONFLICT (dataset, person) DO UPDATE SET template_id = excluded.template_id
        RETURNING true
        """,
        As(reader, new { id, forAll }),
        cancel);

    /// <summary>Ends that. False when it was not so.</summary>
    public Task<bool> EndDefaultAsync(Guid id, bool forAll, Person reader, CancellationToken cancel) => audited.QueryAsync<bool>(
        "DELETE FROM exporthub.template_default WHERE template_id = @id AND person = CASE WHEN @forAll THEN '' ELSE @Name END RETURNING true",
        As(reader, new { id, forAll }),
        cancel);

    private async Task<Template?> OneAsync(string sql, object parameters, CancellationToken cancel)
    {
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        return await connection.QuerySingleOrDefaultAsync<Template>(new CommandDefinition(sql, parameters, cancellationToken: cancel));
    }

    private static async Task<T> NamedAsync<T>(Func<Task<T>> save)
    {
        try
        {
            return await save();
        }
        catch (PostgresException fault) when (fault is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "template_name" })
        {
            throw new TemplateNameTakenException();
        }
    }

    private static string? Json(ExportRequest? request) => request is null ? null : JsonSerializer.Serialize(request, JsonSerializerOptions.Web);

    private static DynamicParameters As(Person reader, object parameters)
    {
        var all = new DynamicParameters(parameters);
        all.AddDynamicParams(new { reader.Name, SeesAll = reader.IsAdministrator, Roles = reader.Roles.Append(Template.Everybody).ToArray() });
        return all;
    }
}

/// <summary>Nothing was saved.</summary>
internal sealed class TemplateNameTakenException : Exception;
