using ExportHub.Exports;

namespace ExportHub.Operations;

/// <summary>How the service is doing at one moment: what the operations page shows and GET /api/operations answers.</summary>
/// <param name="At">By the clock of the database, as all times here.</param>
/// <param name="Running">Longest running first.</param>
/// <param name="Waiting">Those that wait longest, and after them those that wait for a later time.</param>
/// <param name="Failures">Of the last 24 hours, most frequent first.</param>
/// <param name="Hours">The last 24, oldest first.</param>
/// <param name="Usage">Files that are kept past their time, and those whose time is up within a day.</param>
/// <param name="Storage">The datasets whose files take most room.</param>
/// <param name="People">The people whose files take most room.</param>
/// <param name="Actions">What administrators did last, newest first.</param>
internal sealed record OperationsReport(
    DateTimeOffset At,
    OperationsState State,
    ServiceMode Mode,
    IReadOnlyList<LaneFigures> Lanes,
    IReadOnlyList<RunningExport> Running,
    IReadOnlyList<WaitingExport> Waiting,
    IReadOnlyList<StuckExport> Stuck,
    IReadOnlyList<FailureGroup> Failures,
    IReadOnlyList<HourFigures> Hours,
    RoomReport Room,
    UsageFigures Usage,
    IReadOnlyList<DatasetRoom> Storage,
    IReadOnlyList<PersonRoom> People,
    IReadOnlyList<JobInstance> Instances,
    IReadOnlyList<AdminActEntry> Actions)
{
    /// <summary>Where the job engine shows itself; null where it does not.</summary>
    public string? Dashboard { get; init; }
}

/// <param name="Title">Of the dataset.</param>
/// <param name="AgeSeconds">Since this attempt began.</param>
/// <param name="LeaseSeconds">Since it gave a sign of life.</param>
/// <param name="LeaseIsOver">Another attempt may start.</param>
internal sealed record RunningExport(
    Guid Id, string Title, string Format, string RequestedBy, Lane Lane, int Attempt, long Rows, long? TotalRows, long Bytes,
    double AgeSeconds, double LeaseSeconds, bool LeaseIsOver, bool CancelRequested);

/// <param name="DueAt">Since when, or, when it lies ahead, from when on it may start.</param>
/// <param name="WaitSeconds">Since <paramref name="DueAt"/>; 0 before it.</param>
internal sealed record WaitingExport(
    Guid Id, string Title, string Format, string RequestedBy, Lane Lane, DateTimeOffset RequestedAt, DateTimeOffset DueAt, double WaitSeconds,
    bool Held, string? ErrorMessage)
{
    /// <summary>`workers`, `ownExports`, `retry` or `administrator`, as in the status document.</summary>
    public string WaitsFor { get; init; } = "workers";

    /// <summary>The same as a sentence.</summary>
    public string Why { get; init; } = "";
}

/// <param name="Seconds">Since when it has been so.</param>
internal sealed record StuckExport(Guid Id, string Title, string Format, string RequestedBy, Lane Lane, double Seconds, string Why);

/// <param name="LastHour">How many of <paramref name="Count"/> failed in the last hour.</param>
/// <param name="Message">Of the newest.</param>
/// <param name="NewestId">The newest export that failed so.</param>
internal sealed record FailureGroup(string Code, long Count, long LastHour, DateTimeOffset NewestAt, Guid NewestId, string NewestTitle, string Message);

/// <param name="FreeBytes">Null where the store has no end, or does not answer.</param>
/// <param name="ReserveBytes">What is left free: an export that would need it is refused.</param>
/// <param name="StoreAnswers">Whether the place where files are kept could be asked.</param>
/// <param name="Connections">To the whole database server, by whomever.</param>
internal sealed record RoomReport(
    long? FreeBytes, long ReserveBytes, bool StoreAnswers, long Files, long FileBytes, long Connections, long MaxConnections);

/// <param name="ExportId">Null for an act on the service as a whole.</param>
internal sealed record AdminActEntry(long Id, DateTimeOffset At, string Who, Act Act, Guid? ExportId, string Reason);
