namespace ExportHub.Notifications;

/// <summary>How the runs of a schedule reach people and places, as it is kept with the schedule.</summary>
internal sealed record Delivery
{
    /// <summary>Mail addresses. Who may see the rows gets the way to the file, everybody else a notice without it.</summary>
    public IReadOnlyList<string> MailTo { get; init; } = [];

    /// <summary>Whether the file itself is in the mail where it is small enough; otherwise the way to it.</summary>
    public bool Attach { get; init; }

    /// <summary>Names of targets: web hooks and storage.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>Whether the owner gets a mail when a run is ready; of what went wrong the owner always gets one.</summary>
    public bool MailOwner { get; init; } = true;
}
