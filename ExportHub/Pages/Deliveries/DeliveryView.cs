using ExportHub.Notifications;

namespace ExportHub.Pages.Deliveries;

/// <summary>What <see cref="DeliveryTable"/> shows.</summary>
public sealed class DeliveryView
{
    internal IReadOnlyList<DeliveryRecord> Items { get; init; } = [];

    /// <summary>Of <see cref="DeliveryStore.ListTriesAsync"/>; null where the tries are not shown.</summary>
    internal ILookup<Guid, DeliveryTry>? Tries { get; init; }
}
