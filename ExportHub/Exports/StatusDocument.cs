namespace ExportHub.Exports;

/// <summary>What the status endpoint answers; the page and every client live from it.</summary>
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
    ExportError? Error,
    IReadOnlyList<string> Warnings,
    DateTimeOffset RequestedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? DataAsOf);

/// <param name="TotalRows">Null when unknown.</param>
/// <param name="Percent">0 to 100, 100 only when completed; null when the total is unknown.</param>
/// <param name="EtaSeconds">Null when unknown or not running.</param>
internal sealed record ProgressPart(long Rows, long? TotalRows, bool TotalIsExact, int? Percent, long Bytes, double? EtaSeconds);

internal sealed record QueuePart(long? Position, DateTimeOffset? NextAttemptAt);

/// <param name="Count">Polls made so far.</param>
/// <param name="AfterSeconds">How long to wait before the next.</param>
/// <param name="Next">What to ask then.</param>
internal sealed record PollPart(int Count, double AfterSeconds, string Next);

internal sealed record DownloadPart(string Url, string FileName, string ContentType, long Bytes, long Rows, string Sha256);
