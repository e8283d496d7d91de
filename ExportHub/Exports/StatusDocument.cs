namespace ExportHub.Exports;

/// <summary>What the status endpoint answers; the page and every client live from it.</summary>
/// <param name="Receipt">Where the receipt is; null before completion.</param>
/// <param name="Limited">Null unless a limit left rows out of the file.</param>
/// <param name="ExpiresAt">Until when the file can be had; null before there is one, and while somebody keeps it.</param>
/// <param name="KeptAt">Since when somebody keeps the file past its time; null when nobody does.</param>
/// <param name="DeletedAt">When somebody deleted the file before its time; null when nobody did.</param>
internal sealed record StatusDocument(
    Guid Id,
    string Dataset,
    string Format,
    string Status,
    int Attempt,
    bool CancelRequested,
    ProgressPart Progress,
    QueuePart Queue,
    PollPart? Poll,
    DownloadPart? Download,
    string? Receipt,
    LimitedPart? Limited,
    ExportError? Error,
    IReadOnlyList<string> Warnings,
    DateTimeOffset RequestedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? KeptAt,
    DateTimeOffset? DeletedAt,
    DateTimeOffset? DataAsOf)
{
    /// <summary>The document of a row for the n-th poll; equal rows give equal documents.</summary>
    public static StatusDocument Of(Export export, int polls, PollingOptions polling)
    {
        var progress = ProgressPart.Of(export);
        var queue = QueuePart.Of(export);
        return new StatusDocument(
            export.Id,
            export.Dataset.Name,
            export.Format,
            export.Status.ToString().ToLowerInvariant(),
            export.Attempt,
            export.CancelRequested,
            progress,
            queue,
            PollPart.Of(export, PollingRule.Bound(polls), Pace.SecondsLeft(export) ?? queue.EtaSeconds ?? UsualEta(export), polling),
            DownloadPart.Of(export),
            export.WasPublished ? $"/api/exports/{export.Id}/receipt" : null,
            LimitedPart.From(export),
            export.Error,
            export.Warnings,
            export.RequestedAt,
            export.StartedAt,
            export.FinishedAt,
            export.KeptAt is null ? export.ExpiresAt : null,
            export.KeptAt,
            export.DeletedAt,
            export.DataAsOf);
    }

    /// <summary>
    /// Before an attempt has a pace, what such exports usually take is the best guess. It only shortens the wait: a small export is seen
    /// ready when it is, and a large one has a pace by then. Nothing is guessed for one that waits behind others or for another attempt.
    /// </summary>
    private static double? UsualEta(Export export) => export switch
    {
        { Status: ExportStatus.Queued, QueuePosition: > 1 } or { NextAttemptAt: not null } or { Rows: > 0 } => null,
        _ => export.UsualSeconds,
    };
}

/// <param name="Lane">`interactive` or `bulk`, each of which has workers of its own.</param>
/// <param name="Position">Place among those that wait in the lane, 1 being next; null when not queued.</param>
/// <param name="WaitsFor">
/// `workers`; `ownExports`, when as many of the person's exports run as may; `retry`, when the last attempt failed; `administrator`, when the start of exports
/// is stopped for a while. Null when not queued.
/// </param>
/// <param name="EtaSeconds">Seconds until the file is there, from the measured pace of the lane; null when unknown or not queued.</param>
/// <param name="NextAttemptAt">When a failed attempt is tried again; null unless it waits for that.</param>
/// <param name="NextAttempt">The how-manieth of <paramref name="Attempts"/> the next one is; null when not queued.</param>
/// <param name="Attempts">How many attempts the export has.</param>
internal sealed record QueuePart(
    string Lane, long? Position, string? WaitsFor, double? EtaSeconds, DateTimeOffset? NextAttemptAt, int? NextAttempt, int Attempts)
{
    public static QueuePart Of(Export export) => new(
        export.Lane.ToString().ToLowerInvariant(),
        export.QueuePosition,
        export switch
        {
            { Status: not ExportStatus.Queued } => null,
            { NextAttemptAt: not null } => "retry",
            { Draining: true } => "administrator",
            { Held: true } => "ownExports",
            _ => "workers",
        },
        export.SecondsToFile is { } seconds ? Coarse(seconds) : null,
        export.NextAttemptAt,
        export.Status == ExportStatus.Queued ? export.MaxAttempts - export.AttemptsLeft + 1 : null,
        export.MaxAttempts);

    /// <summary>Whole seconds, above 20 tens of them: an estimate that changes with every poll would make each answer a new one.</summary>
    private static double Coarse(double seconds) => seconds < 20 ? Math.Ceiling(seconds) : Math.Ceiling(seconds / 10) * 10;
}

/// <param name="Count">Polls made so far.</param>
/// <param name="AfterSeconds">How long to wait before the next.</param>
/// <param name="Next">What to ask then.</param>
internal sealed record PollPart(int Count, double AfterSeconds, string Next)
{
    /// <summary>Null in a final state: there is nothing to wait for.</summary>
    public static PollPart? Of(Export export, int polls, double? etaSeconds, PollingOptions options) =>
        export.Status is ExportStatus.Queued or ExportStatus.Running
            ? new PollPart(
                polls, Math.Round(PollingRule.DelaySeconds(options, polls, etaSeconds), 2), $"/api/exports/{export.Id}?poll={PollingRule.Bound(polls + 1)}")
            : null;
}

/// <param name="Sha256">Lower-case hexadecimal; also the strong ETag of the file.</param>
internal sealed record DownloadPart(string Url, string FileName, string ContentType, long Bytes, long Rows, string Sha256)
{
    /// <summary>Null unless there is a file to fetch.</summary>
    public static DownloadPart? Of(Export export) =>
        export.HasFile
            ? new DownloadPart($"/api/exports/{export.Id}/file", export.FileName!, export.ContentType!, export.Bytes, export.Rows, export.Sha256!)
            : null;
}

/// <summary>A limit, asked for or of the dataset, left rows out of the file.</summary>
/// <param name="Rows">Rows in the file.</param>
/// <param name="Of">Rows that the criteria select without the limit; always more than <paramref name="Rows"/>.</param>
/// <param name="OfIsExact">False when they were not counted and <paramref name="Of"/> is an estimate.</param>
internal sealed record LimitedPart(long Rows, long Of, bool OfIsExact)
{
    public static LimitedPart? From(Export export) => export.IsLimited ? new LimitedPart(export.Rows, export.SelectedRows!.Value, export.IsCounted) : null;
}
