using ExportHub.Exports;
using ExportHub.Language;
using ExportHub.Notifications.Mail;
using ExportHub.Notifications.Targets;
using Microsoft.Extensions.Options;

namespace ExportHub.Notifications.Webhooks;

/// <summary>Tells programs of news by HTTP.</summary>
internal sealed class DeliverWebhook(UsableTargets targets, WebhookClient client, ExportStore exports, IOptions<MailOptions> site) : IDeliver
{
    public Channel Channel => Channel.Webhook;

    public async Task<Sent> SendAsync(DeliveryJob job, CancellationToken cancel)
    {
        var (target, secret, refusal) = await targets.OpenAsync(job, cancel);
        if (target is null)
        {
            return Sent.Never(refusal!);
        }

        if (secret is null)
        {
            return Sent.Never(Text.Of("The secret of this target cannot be read any more. An administrator has to make a new one."));
        }

        var export = job.News.ExportId is { } id ? await exports.FindAsync(id, cancel) : null;
        return await client.CallAsync(target.Settings.Url!, secret, WebhookBody.Of(job, export, site.Value), cancel);
    }
}
