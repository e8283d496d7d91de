namespace ExportHub.Notifications;

internal enum NewsKind
{
    /// <summary>There is a file.</summary>
    Ready,
    Failed,

    /// <summary>There is a file that differs too much from its forerunners; the owner decides whether it is delivered.</summary>
    Held,

    /// <summary>The schedule was paused by ExportHub.</summary>
    Paused,

    /// <summary>A run was due and did not happen.</summary>
    Missed,
}

/// <summary>Something that people are to be told about a schedule.</summary>
/// <param name="Key">What makes it one: the same key told again is told once.</param>
/// <param name="Owner">Whose schedule it is; always told, in the application and, but for <see cref="NewsKind.Ready"/>, by mail.</param>
/// <param name="Page">Where it is to be looked at, on this site, such as `/schedules/{id}`.</param>
internal sealed record News(NewsKind Kind, string Key, string Owner, string ScheduleName, string Page)
{
    public Guid? ScheduleId { get; init; }

    public Guid? OccurrenceId { get; init; }

    /// <summary>The instant the run was due, and the zone to say it in.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public string? TimeZone { get; init; }

    /// <summary>The export, where there is one.</summary>
    public Guid? ExportId { get; init; }

    /// <summary>In English; why it failed, is held, was paused or missed, or with <see cref="NewsKind.Ready"/> what is to be noticed about the file. Null when there is nothing to say.</summary>
    public string? Reason { get; init; }

    /// <summary>Where it goes besides the owner; only <see cref="NewsKind.Ready"/> carries the file, and web hooks get every kind.</summary>
    public Delivery Delivery { get; init; } = new();
}
