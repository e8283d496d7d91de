using Dapper;
using ExportHub.Database;
using ExportHub.Language;
using Microsoft.Extensions.Options;

namespace ExportHub.Notifications;

/// <summary>What is to be sent, taken by one sender at a time and written by nobody who holds an older try.</summary>
internal sealed class DeliveryQueue(AppDatabase database, IOptions<DeliveriesOptions> options)
{
    /// <summary>How long a sender is trusted without a sign of life.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(3);

    public const int LongestAnswer = 500;

    static DeliveryQueue() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    /// <summary>Takes what is due, the longest due first.</summary>
    public async Task<IReadOnlyList<DeliveryJob>> TakeAsync(Channel channel, int most, CancellationToken cancel)
    {
        const string Sql = """
            UPDATE exporthub.delivery
            SET tries = tries + 1, next_try_at = now() + @Lease
            WHERE id IN (
                SELECT id
                FROM exporthub.delivery
                WHERE channel = @Channel
                    AND next_try_at <= now()
                ORDER BY next_try_at
                LIMIT @most
                FOR UPDATE SKIP LOCKED)
            RETURNING id, recipient, target_id, owner, payload::text AS payload, tries, tries - tries_before AS round, now() - asked_at AS since, made_at
            """;
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        var taken = await connection.QueryAsync<Row>(new CommandDefinition(Sql, new { Lease, Channel = DeliveryStore.NameOf(channel), most }, cancellationToken: cancel));
        return [.. taken.Select(row => row.ToJob())];
    }

    /// <summary>Keeps a delivery that takes long; false when it is somebody else's by now.</summary>
    public Task<bool> RenewAsync(DeliveryJob job, CancellationToken cancel) => database.ChangeAsync(
        "UPDATE exporthub.delivery SET next_try_at = now() + @Lease WHERE id = @Id AND tries = @Try AND next_try_at IS NOT NULL", new { Lease, job.Id, job.Try }, cancel);

    /// <summary>Writes what came of a try, and tells the owner at the bell when it was the last. False when the delivery is somebody else's by now: nothing is written then.</summary>
    public async Task<bool> SettleAsync(DeliveryJob job, Sent sent, TimeSpan took, CancellationToken cancel)
    {
        const string Sql = """
            WITH settled AS (
                UPDATE exporthub.delivery
                SET status = @status,
                    next_try_at = CASE WHEN @status = 'failed' THEN now() + @Delay::interval END,
                    settled_at = CASE WHEN @status <> 'failed' THEN now() END,
                    answer = @answer,
                    placed = coalesce(@Placed, placed)
                WHERE id = @Id
                    AND tries = @Try
                    AND next_try_at IS NOT NULL
                RETURNING id
            ), logged AS (
                INSERT INTO exporthub.delivery_try (delivery_id, number, at, took, arrived, answer)
                SELECT id, @Try, now() - @took::interval, @took::interval, @status = 'done', @answer
                FROM settled
            ), told AS (
                INSERT INTO exporthub.event (person, key, kind, subject, scheduled, reason, due_at, time_zone, page)
                SELECT @Owner, 'delivery:' || id || ':' || @Try, 'undelivered', @Subject, true, @reason, @DueAt, @TimeZone, @Page
                FROM settled
                WHERE @status = 'given_up'
                ON CONFLICT DO NOTHING
            )
            SELECT count(*) FROM settled
            """;
        var delay = sent.As == SentAs.Later ? RetryRule.After(job.Round, job.Since, options.Value.GiveUpAfter, Random.Shared.NextDouble()) : null;
        var answer = OneLine.Of(sent.Answer, LongestAnswer);
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        return await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            Sql,
            new
            {
                job.Id, job.Try, job.Owner, answer, took, Delay = delay, sent.Placed, Subject = job.News.ScheduleName, DueAt = job.News.DueAt?.UtcDateTime, job.News.TimeZone, job.News.Page,
                status = sent.As == SentAs.Arrived ? "done" : delay is null ? "given_up" : "failed",
                reason = Text.Of("It could not be delivered to {0}. {1}", job.Recipient, answer),
            },
            cancellationToken: cancel)) == 1;
    }

    /// <summary>Removes what is older than <see cref="DeliveriesOptions.Retention"/> and goes on no more.</summary>
    public async Task ForgetOldAsync(CancellationToken cancel)
    {
        const string Sql = """
            DELETE FROM exporthub.delivery WHERE settled_at < now() - @Retention;
            DELETE FROM exporthub.event WHERE at < now() - @Retention;
            """;
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(Sql, new { options.Value.Retention }, cancellationToken: cancel));
    }

    private sealed record Row
    {
        public Guid Id { get; init; }

        public string Recipient { get; init; } = "";

        public Guid? TargetId { get; init; }

        public string Owner { get; init; } = "";

        public string Payload { get; init; } = "";

        public int Tries { get; init; }

        public int Round { get; init; }

        public TimeSpan Since { get; init; }

        public DateTime MadeAt { get; init; }

        public DeliveryJob ToJob() => new()
        {
            Id = Id, Recipient = Recipient, TargetId = TargetId, Owner = Owner, Payload = NotificationsJson.Read<DeliveryPayload>(Payload), Try = Tries, Round = Round, Since = Since,
            MadeAt = new DateTimeOffset(DateTime.SpecifyKind(MadeAt, DateTimeKind.Utc)),
        };
    }
}
