using System.Collections.Concurrent;
using Dapper;
using ExportHub.Database;

namespace ExportHub.Notifications;

/// <summary>What somebody was told in the application.</summary>
/// <param name="Kind">`ready`, `failed`, `held`, `paused`, `missed` or `undelivered`.</param>
/// <param name="Subject">The name of a schedule or, unless <paramref name="Scheduled"/>, the title of a dataset.</param>
/// <param name="Reason">In English; null when there is none.</param>
internal sealed record BellEvent(
    long Id, string Kind, string Subject, bool Scheduled, string? Reason, DateTimeOffset? DueAt, string? TimeZone, string Page, DateTimeOffset At, bool IsRead);

/// <summary>The news of each person, and how many are unread. Nobody sees another's, an administrator neither.</summary>
internal sealed class Bell(AppDatabase database, TimeProvider time)
{
    public const int LargestPage = 100;

    /// <summary>More are not counted: nobody wants to know exactly.</summary>
    public const int MostCounted = 100;

    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5);
    private const int MostRemembered = 10_000;

    private readonly ConcurrentDictionary<string, (int Count, long At)> counts = new(StringComparer.Ordinal);

    static Bell() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    /// <summary>Up to <see cref="MostCounted"/>; a few seconds old. Every page asks it, so it is no reason for a page to fail: then it is 0.</summary>
    public async Task<int> CountUnreadAsync(string person, CancellationToken cancel)
    {
        if (counts.TryGetValue(person, out var known) && time.GetElapsedTime(known.At) < Remembered)
        {
            return known.Count;
        }

        const string Sql = "SELECT count(*) FROM (SELECT FROM exporthub.event WHERE person = @person AND read_at IS NULL LIMIT @MostCounted) AS unread";
        try
        {
            await using var connection = await database.Pool.OpenConnectionAsync(cancel);
            var count = (int)await connection.ExecuteScalarAsync<long>(new CommandDefinition(Sql, new { person, MostCounted }, cancellationToken: cancel));
            Remember(person, count);
            return count;
        }
        catch (Exception down) when (down is Npgsql.NpgsqlException or TimeoutException)
        {
            return 0;
        }
    }

    /// <summary>Unread first, then newest first.</summary>
    public async Task<IReadOnlyList<BellEvent>> ListAsync(string person, CancellationToken cancel, int most = LargestPage)
    {
        const string Sql = """
            SELECT id, kind, subject, scheduled, reason, due_at, time_zone, page, at, read_at IS NOT NULL AS is_read
            FROM exporthub.event
            WHERE person = @person
            ORDER BY read_at IS NOT NULL, id DESC
            LIMIT @Limit
            """;
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        var found = await connection.QueryAsync<Row>(new CommandDefinition(Sql, new { person, Limit = Math.Clamp(most, 1, LargestPage) }, cancellationToken: cancel));
        return [.. found.Select(row => row.ToEvent())];
    }

    /// <summary>Marks as read what the person has seen.</summary>
    /// <param name="until">The newest that was shown: what came meanwhile stays unread. Null for everything.</param>
    public async Task ReadAsync(string person, long? until, CancellationToken cancel)
    {
        const string Sql = "UPDATE exporthub.event SET read_at = now() WHERE person = @person AND read_at IS NULL AND (@until::bigint IS NULL OR id <= @until)";
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(Sql, new { person, until }, cancellationToken: cancel));
        counts.TryRemove(person, out _);
    }

    private void Remember(string person, int count)
    {
        if (counts.Count > MostRemembered)
        {
            counts.Clear();
        }

        counts[person] = (count, time.GetTimestamp());
    }

    private sealed record Row
    {
        public long Id { get; init; }

        public string Kind { get; init; } = "";

        public string Subject { get; init; } = "";

        public bool Scheduled { get; init; }

        public string? Reason { get; init; }

        public DateTime? DueAt { get; init; }

        public string? TimeZone { get; init; }

        public string Page { get; init; } = "";

        public DateTime At { get; init; }

        public bool IsRead { get; init; }

        public BellEvent ToEvent() => new(Id, Kind, Subject, Scheduled, Reason, DueAt is { } due ? Utc(due) : null, TimeZone, Page, Utc(At), IsRead);

        private static DateTimeOffset Utc(DateTime at) => new(DateTime.SpecifyKind(at, DateTimeKind.Utc));
    }
}
