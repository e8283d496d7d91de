using ExportHub.Datasets;
using ExportHub.Formats;

namespace ExportHub.Exports;

/// <summary>The body of POST /api/exports and what the request page sends.</summary>
internal sealed record ExportRequest
{
    public string? Dataset { get; init; }

    public string? Format { get; init; }

    public IReadOnlyList<string>? Columns { get; init; }

    public IReadOnlyList<FilterRequest>? Filters { get; init; }

    public DateRangeRequest? DateRange { get; init; }

    public IReadOnlyList<SortRequest>? Sort { get; init; }

    public long? Limit { get; init; }

    public string? TimeZone { get; init; }

    public FormatOptions? Options { get; init; }

    public CriteriaRequest Criteria => new()
    {
        Columns = Columns, Filters = Filters, DateRange = DateRange, Sort = Sort, Limit = Limit, TimeZone = TimeZone,
    };
}

/// <summary>What became of a request.</summary>
internal abstract record RequestOutcome
{
    /// <summary>A new export, or the one that the same idempotency key already made.</summary>
    internal sealed record Accepted(Export Export) : RequestOutcome;

    /// <summary>Field by field, what is wrong and what is allowed.</summary>
    internal sealed record Rejected(IReadOnlyDictionary<string, string[]> Errors) : RequestOutcome;

    /// <summary>The idempotency key was used for another body.</summary>
    internal sealed record KeyReused : RequestOutcome;

    /// <summary>The dataset's database does not answer.</summary>
    internal sealed record SourceUnavailable(string Dataset) : RequestOutcome;
}

/// <summary>Accepts an export: checks, stores the row as queued, rings the alarm clock.</summary>
internal sealed class RequestExport
{
    /// <param name="idempotencyKey">Null, or the client's key: the same key and request give the same export.</param>
    public Task<RequestOutcome> AcceptAsync(ExportRequest request, string? idempotencyKey, CancellationToken cancel) => throw new NotSupportedException();
}
