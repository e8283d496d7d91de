using Dapper;
using ExportHub.Database;
using ExportHub.Language;
using ExportHub.Notifications.Mail;
using ExportHub.Notifications.Targets;
using Microsoft.Extensions.Options;

namespace ExportHub.Notifications;

/// <summary>Takes news and sees to it that they arrive. What goes wrong on the way is a failed delivery, never a failed export.</summary>
internal sealed class Announcements(AppDatabase database, Recipients recipients, TargetStore targets, IOptions<MailOptions> mail, Poke poke)
{
    /// <summary>Returns when the news are stored, with a row for each delivery; they are sent in the background. News of a known <see cref="News.Key"/> are no news.</summary>
    public async Task TellAsync(News news, CancellationToken cancel)
    {
        var mails = await MailsAsync(news, cancel);
        var (places, missing) = await PlacesAsync(news, cancel);
        await using (var connection = await database.Pool.OpenConnectionAsync(cancel))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            if (await connection.ExecuteAsync(new CommandDefinition(InsertEvent, EventOf(news, news.Key, NameOf(news.Kind), news.Reason), transaction, cancellationToken: cancel)) == 0)
            {
                return;
            }

            foreach (var name in missing)
            {
                var lost = EventOf(news, $"{news.Key}:{name}", "undelivered", Text.Of("There is no target “{0}” any more, so nothing was delivered there.", OneLine.Of(name, Target.LongestName)));
                await connection.ExecuteAsync(new CommandDefinition(InsertEvent, lost, transaction, cancellationToken: cancel));
            }

            foreach (var row in mails.Concat(places))
            {
                await connection.ExecuteAsync(new CommandDefinition(InsertDelivery, row, transaction, cancellationToken: cancel));
            }

            await transaction.CommitAsync(cancel);
        }

        poke.Wake();
    }

    private const string InsertEvent = """
        INSERT INTO exporthub.event (person, key, kind, subject, scheduled, reason, due_at, time_zone, page)
        VALUES (@Owner, @key, @kind, @ScheduleName, true, @reason, @DueAt, @TimeZone, @Page)
        ON CONFLICT DO NOTHING
        """;

    private const string InsertDelivery = """
        INSERT INTO exporthub.delivery (id, news_key, channel, recipient, target_id, kind, owner, subject, schedule_id, occurrence_id, export_id, payload)
        VALUES (@Id, @Key, @Channel, @Recipient, @TargetId, @Kind, @Owner, @ScheduleName, @ScheduleId, @OccurrenceId, @ExportId, @Payload::jsonb)
        ON CONFLICT DO NOTHING
        """;

    private static object EventOf(News news, string key, string kind, string? reason) =>
        new { news.Owner, key, kind, news.ScheduleName, reason, DueAt = news.DueAt?.UtcDateTime, news.TimeZone, news.Page };

    /// <summary>The owner, unless only a file is ready and the owner wants no mail of that; everybody else only when it is.</summary>
    private async Task<IEnumerable<object>> MailsAsync(News news, CancellationToken cancel)
    {
        var owner = mail.Value.IsSetUp && (news.Kind != NewsKind.Ready || news.Delivery.MailOwner) ? await recipients.AddressOfAsync(news.Owner, cancel) : null;
        var others = news.Kind == NewsKind.Ready ? news.Delivery.MailTo.Where(address => !string.Equals(address, owner, StringComparison.OrdinalIgnoreCase)) : [];
        return [.. (owner is null ? [] : new[] { Row(news, Channel.Mail, owner, toOwner: true) }).Concat(others.Select(address => Row(news, Channel.Mail, address)))];
    }

    private async Task<(IEnumerable<object> Rows, IReadOnlyList<string> Missing)> PlacesAsync(News news, CancellationToken cancel)
    {
        if (news.Delivery.Targets.Count == 0)
        {
            return ([], []);
        }

        var known = (await targets.ListAsync(cancel)).ToDictionary(target => target.Name, StringComparer.OrdinalIgnoreCase);
        var found = news.Delivery.Targets.Select(known.GetValueOrDefault).OfType<Target>().Where(target => news.Kind == NewsKind.Ready || target.Kind == TargetKind.Webhook);
        return (
            [.. found.Select(target => Row(news, target.Kind == TargetKind.Webhook ? Channel.Webhook : Channel.Storage, target.Name, target: target.Id))],
            [.. news.Delivery.Targets.Where(name => !known.ContainsKey(name))]);
    }

    private static object Row(News news, Channel channel, string recipient, bool toOwner = false, Guid? target = null) => new
    {
        Id = Guid.CreateVersion7(), news.Key, Channel = NameOf(channel), Recipient = recipient, TargetId = target, Kind = NameOf(news.Kind), news.Owner, news.ScheduleName, news.ScheduleId,
        news.OccurrenceId, news.ExportId,
        Payload = NotificationsJson.Write(new DeliveryPayload(news with { Delivery = new Delivery() }, news.Delivery.Attach, toOwner)),
    };

    private static string NameOf<T>(T value)
        where T : struct, Enum => DeliveryStore.NameOf(value);
}
