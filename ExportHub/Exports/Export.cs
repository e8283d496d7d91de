using ExportHub.Access;
using ExportHub.Datasets;
using ExportHub.Formats;

namespace ExportHub.Exports;

/// <summary>One request and its whole life: a row of exporthub.export.</summary>
internal sealed record Export
{
    public required Guid Id { get; init; }

    public required ExportStatus Status { get; init; }

    /// <summary>The dataset as it was defined when the export was asked for.</summary>
    public required DatasetDefinition Dataset { get; init; }

    public required Criteria Criteria { get; init; }

    /// <summary>Name in the format catalog.</summary>
    public required string Format { get; init; }

    public required FormatOptions Options { get; init; }

    /// <summary>The number of the last claim; 0 before the first.</summary>
    public int Attempt { get; init; }

    /// <summary>How many attempts it has in all, those of a restart of the program not counted.</summary>
    public int MaxAttempts { get; init; }

    public int AttemptsLeft { get; init; }

    /// <summary>Who asked for it.</summary>
    public string RequestedBy { get; init; } = "";

    /// <summary>Whether with an administrator's rights: not with a token that lacks the scope.</summary>
    public bool AsAdministrator { get; init; }

    /// <summary>Which rows the file was made of; null before there is one, and in files from before rights.</summary>
    public RowScope? Scope { get; init; }

    public Lane Lane { get; init; }

    /// <summary>With which template it was begun; null without one.</summary>
    public Guid? TemplateId { get; init; }

    public int? TemplateVersion { get; init; }

    /// <summary>For which occurrence of a schedule; null when a person or program asked.</summary>
    public Guid? OccurrenceId { get; init; }

    /// <summary>Rows that were expected when it was asked for; null when that could not be told.</summary>
    public long? EstimatedRows { get; init; }

    /// <summary>A worker came and had to leave it.</summary>
    public bool Held { get; init; }

    /// <summary>Queued while an administrator has stopped the start of exports.</summary>
    public bool Draining { get; init; }

    /// <summary>Expected seconds until a queued export has its file; null when unknown, not queued or not asked for.</summary>
    public double? SecondsToFile { get; init; }

    public bool CancelRequested { get; init; }

    public long Rows { get; init; }

    /// <summary>Null before the first attempt knows.</summary>
    public long? TotalRows { get; init; }

    public bool TotalIsExact { get; init; }

    /// <summary>The highest percentage that was known in this attempt; 0 before any.</summary>
    public int PercentReached { get; init; }

    /// <summary>Rows that the criteria select without their limit; an estimate when a limit left some out and they were not counted. Null before completion.</summary>
    public long? SelectedRows { get; init; }

    /// <summary>Why the selected rows are no count; null when they are, and before completion.</summary>
    public NotCounted? NotCounted { get; init; }

    public long Bytes { get; init; }

    /// <summary>Place among the queued, 1 being next; null when not queued.</summary>
    public long? QueuePosition { get; init; }

    /// <summary>Median of what the last five exports of the same dataset and format had taken when it was asked for; null when there were none.</summary>
    public double? UsualSeconds { get; init; }

    public DateTimeOffset RequestedAt { get; init; }

    /// <summary>Start of the last attempt.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When progress was last written.</summary>
    public DateTimeOffset? RenewedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>When the time of the file is up; that of a kept one does not count.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>How long the file is kept once it is there, as it was decided at the request; null in exports from before that.</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>Since when somebody keeps the file past its time; null when nobody does.</summary>
    public DateTimeOffset? KeptAt { get; init; }

    public string? KeptBy { get; init; }

    /// <summary>When somebody deleted the file before its time; null when nobody did. Its object may be there a while longer.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>When a failed attempt will be tried again; null unless queued after a failure.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>The instant of the snapshot in the file.</summary>
    public DateTimeOffset? DataAsOf { get; init; }

    /// <summary>What a download is called.</summary>
    public string? FileName { get; init; }

    /// <summary>The name in the file store.</summary>
    public string? FileKey { get; init; }

    public string? ContentType { get; init; }

    /// <summary>Lower-case hexadecimal.</summary>
    public string? Sha256 { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Why the last attempt failed; null unless one did.</summary>
    public ExportError? Error { get; init; }

    /// <summary>Whether there is a file to be had.</summary>
    public bool HasFile => Status == ExportStatus.Completed && DeletedAt is null;

    /// <summary>Whether there is or was a file.</summary>
    public bool WasPublished => Status is ExportStatus.Completed or ExportStatus.Expired;

    public bool IsCounted => SelectedRows is not null && NotCounted is null;

    /// <summary>Whether a limit left rows out of the file.</summary>
    public bool IsLimited => WasPublished && SelectedRows > Rows;
}

/// <param name="Code">For programs, such as `storage_full`.</param>
/// <param name="Message">For people: what happened and what to do.</param>
internal sealed record ExportError(string Code, string Message);
