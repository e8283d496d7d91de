using ExportHub.Notifications;

namespace ExportHub.Pages.Notices;

/// <summary>What <see cref="NoticeTable"/> shows.</summary>
public sealed class NoticeView
{
    internal IReadOnlyList<BellEvent> Events { get; init; } = [];
}
