using System.Text.Json;
using ExportHub.Datasets;
using ExportHub.Formats;

namespace ExportHub.Exports;

/// <summary>The row as Dapper reads it. Times are UTC, JSON is text.</summary>
internal sealed record ExportRecord
{
    /// <summary>The place in the queue counts what is due earlier; it costs nothing for an export that is not queued.</summary>
    public const string Select = """
        SELECT id, definition, criteria, format, options, status, attempt, cancel_requested AS CancelRequested,
            due_at AS DueAt, rows, total_rows AS TotalRows, total_is_exact AS TotalIsExact, bytes,
            requested_at AS RequestedAt, started_at AS StartedAt, renewed_at AS RenewedAt, finished_at AS FinishedAt,
            expires_at AS ExpiresAt, data_as_of AS DataAsOf, file_key AS FileKey, file_name AS FileName,
            content_type AS ContentType, sha256, warnings, error_code AS ErrorCode, error_message AS ErrorMessage,
            CASE WHEN status = 'queued' THEN
                (SELECT count(*) FROM exporthub.export AS earlier
                 WHERE earlier.status = 'queued' AND (earlier.due_at, earlier.id) <= (export.due_at, export.id))
            END AS QueuePosition
        FROM exporthub.export
        """;

    private static readonly JsonSerializerOptions Json = JsonSerializerOptions.Web;

    public Guid Id { get; init; }

    public string Definition { get; init; } = "";

    public string Criteria { get; init; } = "";

    public string Format { get; init; } = "";

    public string Options { get; init; } = "";

    public ExportStatus Status { get; init; }

    public int Attempt { get; init; }

    public bool CancelRequested { get; init; }

    public DateTime DueAt { get; init; }

    public long Rows { get; init; }

    public long? TotalRows { get; init; }

    public bool TotalIsExact { get; init; }

    public long Bytes { get; init; }

    public long? QueuePosition { get; init; }

    public DateTime RequestedAt { get; init; }

    public DateTime? StartedAt { get; init; }

    public DateTime? RenewedAt { get; init; }

    public DateTime? FinishedAt { get; init; }

    public DateTime? ExpiresAt { get; init; }

    public DateTime? DataAsOf { get; init; }

    public string? FileKey { get; init; }

    public string? FileName { get; init; }

    public string? ContentType { get; init; }

    public string? Sha256 { get; init; }

    public string Warnings { get; init; } = "[]";

    public string? ErrorCode { get; init; }

    public string? ErrorMessage { get; init; }

    public static object Parameters(NewExport export) => new
    {
        export.Id,
        Dataset = export.Dataset.Name,
        Definition = JsonSerializer.Serialize(export.Dataset, Json),
        Criteria = JsonSerializer.Serialize(export.Criteria, Json),
        export.Format,
        Options = JsonSerializer.Serialize(export.Options, Json),
        export.IdempotencyKey,
        export.RequestHash,
        export.MaxAttempts,
    };

    public static string ToJson(IReadOnlyList<string> sentences) => JsonSerializer.Serialize(sentences, Json);

    public Export ToExport() => new()
    {
        Id = Id,
        Status = Status,
        Dataset = Read<DatasetDefinition>(Definition),
        Criteria = Read<Criteria>(Criteria),
        Format = Format,
        Options = Read<FormatOptions>(Options),
        Attempt = Attempt,
        CancelRequested = CancelRequested,
        Rows = Rows,
        TotalRows = TotalRows,
        TotalIsExact = TotalIsExact,
        Bytes = Bytes,
        QueuePosition = QueuePosition,
        RequestedAt = RequestedAt,
        StartedAt = StartedAt,
        RenewedAt = RenewedAt,
        FinishedAt = FinishedAt,
        ExpiresAt = ExpiresAt,
        NextAttemptAt = Status == ExportStatus.Queued && ErrorCode is not null ? DueAt : null,
        DataAsOf = DataAsOf,
        FileName = FileName,
        FileKey = FileKey,
        ContentType = ContentType,
        Sha256 = Sha256,
        Warnings = Read<IReadOnlyList<string>>(Warnings),
        Error = ErrorCode is null ? null : new ExportError(ErrorCode, ErrorMessage ?? ""),
    };

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Json)!;
}
