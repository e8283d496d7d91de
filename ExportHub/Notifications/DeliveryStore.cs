using System.Text.Json;
using Dapper;
using ExportHub.Access;
using ExportHub.Database;

namespace ExportHub.Notifications;

/// <summary>Deliveries for people: their list, their log, and having one sent again.</summary>
internal sealed class DeliveryStore(AppDatabase database, AuditedDatabase audited)
{
    public const int LargestPage = 200;

    private const string Select = """
        SELECT id, channel, recipient, kind, owner, subject, schedule_id, occurrence_id, export_id, status, tries, next_try_at, answer, placed, made_at, settled_at, payload::text AS payload
        FROM exporthub.delivery
        """;

    static DeliveryStore() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    /// <summary>Newest first.</summary>
    public async Task<DeliveryPage> ListAsync(DeliveryFilter filter, CancellationToken cancel)
    {
        const string Sql = $"""
            {Select}
            WHERE (@Owner::text IS NULL OR owner = @Owner)
                AND (@Status::text IS NULL OR status = @Status)
                AND (@Channel::text IS NULL OR channel = @Channel)
                AND (@Schedule::uuid IS NULL OR schedule_id = @Schedule)
                AND (@Before::uuid IS NULL OR id < @Before)
            ORDER BY id DESC
            LIMIT @Limit
            """;
        var size = Math.Clamp(filter.Size, 1, LargestPage);
        var parameters = new
        {
            filter.Owner, Status = filter.Status is { } status ? NameOf(status) : null, Channel = filter.Channel is { } channel ? NameOf(channel) : null, filter.Schedule, filter.Before, Limit = size + 1,
        };
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        var found = (await connection.QueryAsync<Row>(new CommandDefinition(Sql, parameters, cancellationToken: cancel))).Select(row => row.ToRecord()).ToList();
        return found.Count > size ? new DeliveryPage([.. found.Take(size)], found[size - 1].Id) : new DeliveryPage(found, null);
    }

    /// <summary>Null when there is none, also when it is somebody else's and the viewer does not see all.</summary>
    public async Task<DeliveryRecord?> FindAsync(Guid id, Viewer viewer, CancellationToken cancel) =>
        await FindAsync(id, cancel) is { } found && viewer.MaySee(found.Owner) ? found : null;

    /// <summary>Whoever's; who asks has to judge.</summary>
    public async Task<DeliveryRecord?> FindAsync(Guid id, CancellationToken cancel)
    {
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        return (await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition($"{Select} WHERE id = @id", new { id }, cancellationToken: cancel)))?.ToRecord();
    }

    /// <summary>The tries of some deliveries, newest first.</summary>
    public async Task<ILookup<Guid, DeliveryTry>> ListTriesAsync(IReadOnlyCollection<Guid> deliveries, CancellationToken cancel)
    {
        const string Sql = """
            SELECT delivery_id, number, at, took, arrived, answer
            FROM exporthub.delivery_try
            WHERE delivery_id = ANY (@Ids)
            ORDER BY delivery_id, number DESC
            """;
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        var tries = await connection.QueryAsync<(Guid Delivery, int Number, DateTime At, TimeSpan Took, bool Arrived, string Answer)>(
            new CommandDefinition(Sql, new { Ids = deliveries.ToArray() }, cancellationToken: cancel));
        return tries.ToLookup(one => one.Delivery, one => new DeliveryTry(one.Number, Utc(one.At), one.Took, one.Arrived, one.Answer));
    }

    /// <summary>Has a settled delivery sent anew. False when it is under way already, or not the viewer's.</summary>
    public Task<bool> AgainAsync(Guid id, Viewer viewer, CancellationToken cancel)
    {
        const string Sql = """
            UPDATE exporthub.delivery
            SET status = 'waiting', next_try_at = now(), settled_at = NULL, asked_at = now(), tries_before = tries
            WHERE id = @id
                AND status IN ('done', 'given_up')
                AND (@SeesAll OR owner = @Name)
            """;
        return audited.ChangeAsync(Sql, new { id, viewer.SeesAll, viewer.Name }, cancel);
    }

    /// <summary>Whether a file of that name at a target came from this occurrence or, without one, this export.</summary>
    public async Task<bool> IsOwnPlaceAsync(Guid target, string placed, News news, CancellationToken cancel)
    {
        const string Sql = """
            SELECT EXISTS (
                SELECT
                FROM exporthub.delivery
                WHERE target_id = @target
                    AND placed = @placed
                    AND (occurrence_id = @OccurrenceId OR @OccurrenceId::uuid IS NULL AND export_id = @ExportId))
            """;
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        return await connection.QuerySingleAsync<bool>(new CommandDefinition(Sql, new { target, placed, news.OccurrenceId, news.ExportId }, cancellationToken: cancel));
    }

    /// <summary>As the database has it.</summary>
    public static string NameOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static DateTimeOffset Utc(DateTime at) => new(DateTime.SpecifyKind(at, DateTimeKind.Utc));

    private sealed record Row
    {
        public Guid Id { get; init; }

        public string Channel { get; init; } = "";

        public string Recipient { get; init; } = "";

        public string Kind { get; init; } = "";

        public string Owner { get; init; } = "";

        public string Subject { get; init; } = "";

        public Guid? ScheduleId { get; init; }

        public Guid? OccurrenceId { get; init; }

        public Guid? ExportId { get; init; }

        public string Status { get; init; } = "";

        public int Tries { get; init; }

        public DateTime? NextTryAt { get; init; }

        public string? Answer { get; init; }

        public string? Placed { get; init; }

        public DateTime MadeAt { get; init; }

        public DateTime? SettledAt { get; init; }

        public string Payload { get; init; } = "";

        public DeliveryRecord ToRecord() => new()
        {
            Id = Id, Channel = Read<Channel>(Channel), Recipient = Recipient, Kind = Read<NewsKind>(Kind), Owner = Owner, Subject = Subject, ScheduleId = ScheduleId,
            OccurrenceId = OccurrenceId, ExportId = ExportId, Status = Read<DeliveryStatus>(Status), Tries = Tries, NextTryAt = NextTryAt is { } next ? Utc(next) : null, Answer = Answer,
            Placed = Placed, MadeAt = Utc(MadeAt), SettledAt = SettledAt is { } settled ? Utc(settled) : null, News = NotificationsJson.Read<DeliveryPayload>(Payload).News,
        };

        private static T Read<T>(string name)
            where T : struct, Enum => Enum.Parse<T>(name.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
    }
}
