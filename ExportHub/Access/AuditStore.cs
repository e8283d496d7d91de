using System.Text.Json;
using Dapper;
using ExportHub.Database;

namespace ExportHub.Access;

/// <summary>
/// Keeps who did what. What changes a row is kept by triggers, see <see cref="AuditedDatabase"/>; what changes none, such as a download, is written here.
/// Rows are only ever added: the database refuses all else.
/// </summary>
internal sealed class AuditStore(AppDatabase database)
{
    public const int LargestPage = 200;

    /// <summary>Longer than any name, so that what is typed as a name cannot fill the table.</summary>
    private const int LongestText = 200;

    static AuditStore() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    /// <summary>Throws when it cannot be kept; the caller then does not do what it was about to do.</summary>
    public async Task WriteAsync(Actor actor, AuditEvent happened, CancellationToken cancel)
    {
        const string Sql = """
            INSERT INTO exporthub.audit (who, how, token, address, act, export_id, dataset, subject, details)
            VALUES (@Who, @How, @Token, @Address, @Act, @ExportId, @Dataset, @Subject, jsonb_strip_nulls(@Details::jsonb))
            """;
        var parameters = new
        {
            actor.Who, actor.How, actor.Token, actor.Address, happened.Act, happened.ExportId, happened.Dataset,
            Subject = Storable(happened.Subject), Details = JsonSerializer.Serialize(happened.Details ?? new { }, JsonSerializerOptions.Web),
        };
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(Sql, parameters, cancellationToken: cancel));
    }

    /// <summary>Newest first.</summary>
    public async Task<AuditPage> ListAsync(AuditFilter filter, CancellationToken cancel)
    {
        const string Sql = """
            SELECT id, at, who, how, token, address, act, export_id, dataset, subject, details::text AS details
            FROM exporthub.audit
            WHERE (@Person::text IS NULL OR who = @Person OR subject = @Person)
                AND (@Act::text IS NULL OR act = @Act)
                AND (@Dataset::text IS NULL OR dataset = @Dataset)
                AND (@ExportId::uuid IS NULL OR export_id = @ExportId)
                AND (@From::timestamptz IS NULL OR at >= @From)
                AND (@Until::timestamptz IS NULL OR at < @Until)
                AND (@Before::bigint IS NULL OR id < @Before)
            ORDER BY id DESC
            LIMIT @Limit
            """;
        var size = Math.Clamp(filter.Size, 1, LargestPage);
        var parameters = new
        {
            Person = Storable(filter.Person), Act = Storable(filter.Act), Dataset = Storable(filter.Dataset), filter.ExportId, filter.Before, Limit = size + 1,
            From = Start(filter.From), Until = filter.To < DateOnly.MaxValue ? Start(filter.To?.AddDays(1)) : null,
        };
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        var found = (await connection.QueryAsync<AuditRow>(new CommandDefinition(Sql, parameters, cancellationToken: cancel))).Select(row => row.ToEntry()).ToList();
        return found.Count > size ? new AuditPage(found[..size], found[size - 1].Id) : new AuditPage(found, null);
    }

    private static DateTime? Start(DateOnly? day) => day?.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);

    private static string? Storable(string? text) => StorableText.Of(text?.Length > LongestText ? text[..LongestText] : text);

    private sealed record AuditRow
    {
        public long Id { get; init; }

        public DateTime At { get; init; }

        public string? Who { get; init; }

        public string How { get; init; } = "";

        public string? Token { get; init; }

        public string? Address { get; init; }

        public string Act { get; init; } = "";

        public Guid? ExportId { get; init; }

        public string? Dataset { get; init; }

        public string? Subject { get; init; }

        public string Details { get; init; } = "{}";

        public AuditEntry ToEntry() => new(
            Id, new DateTimeOffset(At, TimeSpan.Zero), Who, How, Token, Address, Act, ExportId, Dataset, Subject,
            JsonSerializer.Deserialize<JsonElement>(Details));
    }
}

/// <summary>Something that changes no row and has to be kept nevertheless.</summary>
/// <param name="Act">One of <see cref="AuditActs"/>.</param>
internal sealed record AuditEvent(string Act)
{
    public Guid? ExportId { get; init; }

    public string? Dataset { get; init; }

    /// <summary>The person it concerns.</summary>
    public string? Subject { get; init; }

    /// <summary>Becomes a JSON object; what is null is left out.</summary>
    public object? Details { get; init; }
}

/// <param name="Who">Null for ExportHub itself and for somebody who had not signed in.</param>
/// <param name="How">`session`, `token`, `link`, `nobody` or `system`.</param>
/// <param name="Token">The name of the token that was used.</param>
/// <param name="Act">One of <see cref="AuditActs"/>.</param>
/// <param name="Subject">The person it concerns: whose export, whose account.</param>
/// <param name="Details">Depends on the act: criteria, roles before and after, bytes, rows, sha256, reason.</param>
internal sealed record AuditEntry(
    long Id, DateTimeOffset At, string? Who, string How, string? Token, string? Address, string Act, Guid? ExportId, string? Dataset, string? Subject,
    JsonElement Details);

/// <param name="Person">Who did it or whom it concerns.</param>
/// <param name="From">First day, in UTC.</param>
/// <param name="To">Last day, in UTC.</param>
/// <param name="Before">Keyset: only entries older than this id.</param>
internal sealed record AuditFilter(
    string? Person = null, string? Act = null, string? Dataset = null, Guid? ExportId = null, DateOnly? From = null, DateOnly? To = null, long? Before = null,
    int Size = 50);

/// <param name="Next">Pass as <see cref="AuditFilter.Before"/> for the following page; null on the last.</param>
internal sealed record AuditPage(IReadOnlyList<AuditEntry> Entries, long? Next);
