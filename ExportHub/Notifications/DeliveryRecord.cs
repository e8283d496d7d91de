namespace ExportHub.Notifications;

internal enum Channel
{
    Mail,
    Webhook,
    Storage,
}

internal enum DeliveryStatus
{
    /// <summary>To be sent. Left by the first try.</summary>
    Waiting,

    /// <summary>It did not arrive and is tried again. Left by a later try.</summary>
    Failed,

    /// <summary>It arrived.</summary>
    Done,

    /// <summary>It is tried no more, and its owner was told. Left when somebody has it sent again.</summary>
    GivenUp,
}

/// <summary>One thing that is to arrive at one place, as people see it: a row of exporthub.delivery.</summary>
internal sealed record DeliveryRecord
{
    public required Guid Id { get; init; }

    public required Channel Channel { get; init; }

    /// <summary>A mail address, or the name of a target.</summary>
    public required string Recipient { get; init; }

    public required NewsKind Kind { get; init; }

    /// <summary>Whose schedule it is.</summary>
    public required string Owner { get; init; }

    /// <summary>What the schedule was called.</summary>
    public required string Subject { get; init; }

    public Guid? ScheduleId { get; init; }

    public Guid? OccurrenceId { get; init; }

    public Guid? ExportId { get; init; }

    public required DeliveryStatus Status { get; init; }

    public int Tries { get; init; }

    /// <summary>Null when it is tried no more.</summary>
    public DateTimeOffset? NextTryAt { get; init; }

    /// <summary>What was answered last; null before the first try.</summary>
    public string? Answer { get; init; }

    /// <summary>The name that storage has it under; null elsewhere and before.</summary>
    public string? Placed { get; init; }

    public DateTimeOffset MadeAt { get; init; }

    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>What it is about.</summary>
    public required News News { get; init; }

    public bool MaySendAgain => Status is DeliveryStatus.Done or DeliveryStatus.GivenUp;
}

/// <summary>One try at a delivery.</summary>
/// <param name="Answer">What was answered, or why nothing was.</param>
internal sealed record DeliveryTry(int Number, DateTimeOffset At, TimeSpan Took, bool Arrived, string Answer);

/// <summary>Which deliveries are wanted; null members want all.</summary>
/// <param name="Owner">Whose.</param>
/// <param name="Before">Those made before this one.</param>
internal sealed record DeliveryFilter(
    string? Owner = null, DeliveryStatus? Status = null, Channel? Channel = null, Guid? Schedule = null, Guid? Before = null, int Size = 50);

/// <param name="Next">Pass as <see cref="DeliveryFilter.Before"/>; null on the last page.</param>
internal sealed record DeliveryPage(IReadOnlyList<DeliveryRecord> Items, Guid? Next);

/// <summary>What a delivery keeps for its sender.</summary>
/// <param name="News">Without where else it goes.</param>
/// <param name="Attach">Whether the file itself is wanted in the mail.</param>
/// <param name="ToOwner">Whether the mail is the owner's.</param>
internal sealed record DeliveryPayload(News News, bool Attach = false, bool ToOwner = false);

/// <summary>A delivery that a sender has taken, until <see cref="DeliveryQueue.Lease"/> is over.</summary>
internal sealed record DeliveryJob
{
    public required Guid Id { get; init; }

    public required string Recipient { get; init; }

    public Guid? TargetId { get; init; }

    public required string Owner { get; init; }

    public required DeliveryPayload Payload { get; init; }

    /// <summary>The number of this try; who holds another writes nothing.</summary>
    public int Try { get; init; }

    /// <summary>The same since somebody asked for it last.</summary>
    public int Round { get; init; }

    /// <summary>How long it has been tried since then.</summary>
    public TimeSpan Since { get; init; }

    public DateTimeOffset MadeAt { get; init; }

    public News News => Payload.News;
}

/// <summary>What came of a try.</summary>
/// <param name="Placed">The name in storage.</param>
internal sealed record Sent(SentAs As, string Answer, string? Placed = null)
{
    public static Sent Arrived(string answer, string? placed = null) => new(SentAs.Arrived, answer, placed);

    public static Sent Later(string answer) => new(SentAs.Later, answer);

    public static Sent Never(string answer) => new(SentAs.Never, answer);
}

internal enum SentAs
{
    Arrived,

    /// <summary>It did not arrive, and another try may help.</summary>
    Later,

    /// <summary>No other try helps before somebody has changed something.</summary>
    Never,
}

/// <summary>The way of one channel.</summary>
internal interface IDeliver
{
    Channel Channel { get; }

    /// <summary>One try. Throws only what is a bug or <see cref="OperationCanceledException"/>; all else is an answer.</summary>
    Task<Sent> SendAsync(DeliveryJob job, CancellationToken cancel);
}
