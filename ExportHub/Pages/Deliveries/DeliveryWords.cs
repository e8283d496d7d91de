using ExportHub.Language;
using ExportHub.Notifications;
using ExportHub.Pages.Words;

namespace ExportHub.Pages.Deliveries;

/// <summary>Deliveries in words.</summary>
internal static class DeliveryWords
{
    public static string Of(DeliveryStatus status) => status switch
    {
        DeliveryStatus.Waiting => Text.Of("Waiting"),
        DeliveryStatus.Failed => Text.Of("Tried again"),
        DeliveryStatus.Done => Text.Of("Delivered"),
        _ => Text.Of("Given up"),
    };

    /// <summary>Colour and sign.</summary>
    public static string Look(DeliveryStatus status) => status switch
    {
        DeliveryStatus.Waiting => "running",
        DeliveryStatus.Failed => "queued",
        DeliveryStatus.Done => "completed",
        _ => "failed",
    };

    public static string Of(Channel channel) => channel switch
    {
        Channel.Mail => Text.Of("Mail"),
        Channel.Webhook => Text.Of("Web hook"),
        _ => Text.Of("Storage"),
    };

    public static string Of(NewsKind kind) => kind switch
    {
        NewsKind.Ready => Text.Of("Ready"),
        NewsKind.Failed => Text.Of("Failed"),
        NewsKind.Held => Text.Of("Held"),
        NewsKind.Paused => Text.Of("Paused"),
        _ => Text.Of("Missed"),
    };

    public static string Tries(int count) => count == 1 ? Text.Of("1 try") : Text.Of("{0} tries", Quantity.Number(count));
}
