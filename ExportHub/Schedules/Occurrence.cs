namespace ExportHub.Schedules;

internal enum OccurrenceOrigin
{
    Planned,

    /// <summary>Somebody wanted it at that moment.</summary>
    Now,

    /// <summary>Somebody wanted a time that was over.</summary>
    Backfill,
}

internal enum OccurrenceStatus
{
    /// <summary>Due; its export is not made yet. Left by making it, or as failed where that is refused for good.</summary>
    Waiting,

    /// <summary>Its export is queued or running. Left when that ends.</summary>
    Running,

    /// <summary>There is a file, and its delivery was asked for.</summary>
    Completed,

    /// <summary>There is a file that stands out; the owner delivers or drops it.</summary>
    Held,

    /// <summary>The owner did not want it delivered.</summary>
    Dropped,
    Failed,

    /// <summary>Missed, and by the setting of the schedule not run.</summary>
    Skipped,
}

/// <summary>One time that a schedule was due: a row of exporthub.occurrence. A schedule has one for an instant at most.</summary>
internal sealed record Occurrence
{
    public required Guid Id { get; init; }

    public required Guid ScheduleId { get; init; }

    /// <summary>The instant that relative ranges are resolved at, in the zone of the schedule.</summary>
    public required DateTimeOffset DueAt { get; init; }

    public OccurrenceOrigin Origin { get; init; }

    public OccurrenceStatus Status { get; init; }

    /// <summary>Who asked for it besides the schedule.</summary>
    public string? AskedBy { get; init; }

    /// <summary>
    /// Why it is held, failed, skipped, was dropped or has to wait, or what stands out about a file that was delivered, in English; one sentence a line. Null otherwise.
    /// </summary>
    public string? Reason { get; init; }

    public Guid? ExportId { get; init; }

    public int Tries { get; init; }

    public DateTimeOffset MadeAt { get; init; }

    public DateTimeOffset? SettledAt { get; init; }
}

/// <summary>A time that will come, or would.</summary>
/// <param name="From">First day of the relative range then; null where the request has none.</param>
/// <param name="To">First day after it.</param>
/// <param name="ClockNote">In the reader's language, where the clock changes on that day: what that means for the run. Null otherwise.</param>
internal sealed record PlannedRun(DateTimeOffset At, DateOnly? From, DateOnly? To, string? ClockNote);

/// <summary>An occurrence and what came of it.</summary>
/// <param name="ExportStatus">Null before there is an export; so are rows and bytes.</param>
/// <param name="FileName">Null before there is a file.</param>
internal sealed record ScheduleRun(Occurrence Occurrence, Exports.ExportStatus? ExportStatus, long? Rows, long? Bytes, string? FileName);
