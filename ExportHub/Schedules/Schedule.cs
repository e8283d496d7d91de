using ExportHub.Access;
using ExportHub.Exports;
using ExportHub.Notifications;

namespace ExportHub.Schedules;

internal enum MissedRuns
{
    /// <summary>Of all that were missed the last is run.</summary>
    One,
    All,
    None,
}

/// <summary>A request that is made by itself: a row of exporthub.schedule.</summary>
internal sealed record Schedule
{
    public const int LongestName = 100;

    public required Guid Id { get; init; }

    /// <summary>Under whose rights it runs, as they are at that moment.</summary>
    public required string Owner { get; init; }

    public required string Name { get; init; }

    public required string Dataset { get; init; }

    /// <summary>As it was asked: nothing is resolved.</summary>
    public required ExportRequest Request { get; init; }

    /// <summary>The template that the request was copied from; null without one.</summary>
    public Guid? TemplateId { get; init; }

    public int? TemplateVersion { get; init; }

    public required Timing Timing { get; init; }

    /// <summary>IANA name. Times of day and relative ranges are in it.</summary>
    public required string TimeZone { get; init; }

    public MissedRuns Missed { get; init; }

    public RunGuard Guard { get; init; } = new();

    public Delivery Delivery { get; init; } = new();

    /// <summary>How long its files are kept; null as those of everybody.</summary>
    public TimeSpan? Retention { get; init; }

    public int Version { get; init; }

    /// <summary>Null while it is paused and when there is none.</summary>
    public DateTimeOffset? NextAt { get; init; }

    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>Null when ExportHub did it.</summary>
    public string? PausedBy { get; init; }

    public string? PausedReason { get; init; }

    /// <summary>Failed runs since the last that did not fail.</summary>
    public int Failures { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>Only the service itself sees such.</summary>
    public bool IsDeleted { get; init; }

    public bool MayChange(Viewer viewer) => viewer.MaySee(Owner);
}

/// <summary>What people say of a schedule, unchecked: what a page sends and the body of POST /api/schedules.</summary>
internal sealed record ScheduleDraft
{
    public string? Name { get; init; }

    /// <summary>What to export each time: the body of POST /api/exports. Null where a template is named.</summary>
    public ExportRequest? Request { get; init; }

    /// <summary>The request is copied from it.</summary>
    public Guid? TemplateId { get; init; }

    /// <summary>Null for the newest.</summary>
    public int? TemplateVersion { get; init; }

    public Timing? Timing { get; init; }

    public string? TimeZone { get; init; }

    public MissedRuns? Missed { get; init; }

    public RunGuard? Guard { get; init; }

    public Delivery? Delivery { get; init; }

    /// <summary>Days.</summary>
    public int? KeepDays { get; init; }
}

/// <summary>By what a run is compared with the completed ones before it, and what happens when it stands out.</summary>
internal sealed record RunGuard
{
    /// <summary>A file without rows stands out.</summary>
    public bool Empty { get; init; } = true;

    /// <summary>Rows, bytes and duration may be this many times more or less than the median of the last runs; null: they are not compared.</summary>
    public double? Factor { get; init; } = 3;

    /// <summary>Other columns than last time stand out.</summary>
    public bool Columns { get; init; } = true;

    /// <summary>True: the file is held until the owner decides. False: it is delivered with a sentence on what stands out.</summary>
    public bool Hold { get; init; } = true;

    /// <summary>The schedule is paused after this many failed runs in a row.</summary>
    public int PauseAfter { get; init; } = 5;
}
