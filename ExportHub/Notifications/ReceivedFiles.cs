using ExportHub.Access;
using ExportHub.Exports;

namespace ExportHub.Notifications;

/// <summary>A file that was delivered to somebody by mail.</summary>
/// <param name="Refusal">Why the person may not have the file now, in a sentence; null when it may be had.</param>
internal sealed record Received(DeliveryRecord Delivery, Export Export, string? Refusal);

/// <summary>What a recipient of a mail finds behind its link. The mail names who may open it, and no more: the right to the file is judged anew each time.</summary>
internal sealed class ReceivedFiles(DeliveryStore deliveries, Recipients recipients, ExportStore exports, ExportRights rights)
{
    /// <summary>Null when there is no such delivery, or it was for somebody else.</summary>
    public async Task<Received?> FindAsync(Guid id, Viewer viewer, CancellationToken cancel)
    {
        if (await deliveries.FindAsync(id, cancel) is not { Channel: Channel.Mail, Kind: NewsKind.Ready, ExportId: { } made } delivery
            || (await recipients.FindAsync(delivery.Recipient, cancel))?.Name != viewer.Name
            || await exports.FindAsync(made, cancel) is not { } export)
        {
            return null;
        }

        return new Received(delivery, export, await rights.RefuseFileAsync(export, viewer, cancel));
    }
}
