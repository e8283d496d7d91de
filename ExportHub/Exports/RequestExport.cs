using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using ExportHub.Access;
using ExportHub.Datasets;
using ExportHub.Formats;
using Microsoft.Extensions.Options;

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

    [JsonIgnore]
    public CriteriaRequest Criteria => new()
    {
        Columns = Columns, Filters = Filters, DateRange = DateRange, Sort = Sort, Limit = Limit, TimeZone = TimeZone,
    };
}

/// <summary>Who asks, and how a repetition is meant.</summary>
/// <param name="By">Whose rights count. A schedule asks for its owner.</param>
/// <param name="IdempotencyKey">Null, or the client's key: for 24 hours the same key and request give the same export.</param>
/// <param name="Insist">A new export is wanted even while the person's identical one is under way.</param>
/// <param name="Template">With which template it was begun, which the person may read; null without one.</param>
internal sealed record Asking(Viewer By, string? IdempotencyKey = null, bool Insist = false, FromTemplate? Template = null)
{
    /// <summary>For which occurrence of a schedule: asked again for the same, the same export is the answer. Null for a person or program.</summary>
    public ForOccurrence? Occurrence { get; init; }
}

/// <param name="At">The instant that relative ranges are resolved at.</param>
/// <param name="Retention">How long the file is kept; null as those of everybody.</param>
internal sealed record ForOccurrence(Guid Id, DateTimeOffset At, TimeSpan? Retention = null);

/// <summary>What became of a request.</summary>
internal abstract record RequestOutcome
{
    /// <summary>A new export, or the one that the same idempotency key already made.</summary>
    internal sealed record Accepted(Export Export) : RequestOutcome;

    /// <summary>Field by field, what is wrong and what is allowed.</summary>
    internal sealed record Rejected(IReadOnlyDictionary<string, string[]> Errors) : RequestOutcome;

    /// <summary>The person may see the dataset but not export it, or is not known well enough; the sentence says why.</summary>
    internal sealed record NotPermitted(string Message) : RequestOutcome;

    /// <summary>The same person's identical request is under way: it is offered, and asked for again it is made.</summary>
    internal sealed record UnderWay(Export Export) : RequestOutcome;

    /// <summary>An administrator has paused the intake.</summary>
    internal sealed record Paused : RequestOutcome;

    /// <summary>The store is too full for it.</summary>
    internal sealed record NoRoom(string Message) : RequestOutcome;

    /// <summary>The person has as many bytes of files as one may have.</summary>
    internal sealed record QuotaReached(string Message) : RequestOutcome;

    /// <summary>The idempotency key was used for another body.</summary>
    internal sealed record KeyReused : RequestOutcome;

    /// <summary>The dataset's database does not answer.</summary>
    internal sealed record SourceUnavailable(string Dataset) : RequestOutcome;
}

/// <summary>Accepts an export: checks, stores the row as queued, rings the alarm clock.</summary>
internal sealed partial class RequestExport(
    RequestCheck check,
    ExportStore store,
    ForecastExport forecasts,
    Admission admission,
    PersonalTerms terms,
    IExportQueue queue,
    IOptions<ExportsOptions> options,
    ILogger<RequestExport> logger)
{
    private const int LongestKey = 200;

    public async Task<RequestOutcome> AcceptAsync(ExportRequest request, Asking asking, CancellationToken cancel)
    {
        var hash = Hash(request);
        var idempotencyKey = asking.IdempotencyKey;
        if (idempotencyKey is { Length: 0 or > LongestKey } || idempotencyKey?.Any(char.IsControl) == true)
        {
            return Rejected("Idempotency-Key", $"The key must have 1 to {LongestKey} printable characters.");
        }

        if (idempotencyKey is not null && await FindEarlierAsync(asking, hash, cancel) is { } earlier)
        {
            return earlier;
        }

        if (asking.Occurrence is { } occurrence && await store.FindByOccurrenceAsync(occurrence.Id, cancel) is { } made)
        {
            return new RequestOutcome.Accepted(made);
        }

        return await check.SettleAsync(request, asking.By, cancel, asking.Occurrence?.At) switch
        {
            { Refusal: { } refusal } => refusal,
            { Request: var settled } => await AcceptAsync(settled!, request, asking, hash, cancel),
        };
    }

    private async Task<RequestOutcome> AcceptAsync(SettledRequest settled, ExportRequest request, Asking asking, string hash, CancellationToken cancel)
    {
        var (dataset, criteria, settings) = settled;
        if (!asking.Insist && await store.FindUnderWayAsync(asking.By.Name, hash, cancel) is { } underWay)
        {
            return new RequestOutcome.UnderWay(underWay);
        }

        var forecast = await forecasts.OfAsync(dataset, criteria, settings, request.Options?.Compression, cancel);
        return await admission.RefuseAsync(asking.By.Name, forecast, cancel) ?? await StoreAsync(
            new NewExport(
                Guid.CreateVersion7(), asking.By.Name, dataset.Definition, criteria, settings.Format.Name, request.Options ?? new(), asking.IdempotencyKey, hash,
                options.Value.MaxAttempts)
            {
                Insist = asking.Insist,
                AsAdministrator = asking.By.SeesAll,
                Lane = forecast.Bytes > options.Value.BulkBytes ? Lane.Bulk : Lane.Interactive,
                EstimatedRows = forecast.Rows,
                EstimatedBytes = forecast.Bytes,
                TemplateId = asking.Template?.Id,
                TemplateVersion = asking.Template?.Version,
                OccurrenceId = asking.Occurrence?.Id,
                Retention = await terms.RetentionAsync(asking.By, dataset.Definition, asking.Occurrence?.Retention, cancel),
            },
            asking,
            cancel);
    }

    private async Task<RequestOutcome> StoreAsync(NewExport export, Asking asking, CancellationToken cancel)
    {
        if (!await store.InsertAsync(export, cancel))
        {
            // Another request was a moment faster: with the same key, or the same in all.
            return await FindEarlierAsync(asking, export.RequestHash, cancel)
                ?? (asking.Occurrence is { } occurrence && await store.FindByOccurrenceAsync(occurrence.Id, cancel) is { } made ? new RequestOutcome.Accepted(made) : null)
                ?? (await store.FindUnderWayAsync(asking.By.Name, export.RequestHash, cancel) is { } underWay
                    ? new RequestOutcome.UnderWay(underWay)
                    : await StoreAsync(export with { Insist = true }, asking, cancel));
        }

        await RingAsync(export, cancel);
        return new RequestOutcome.Accepted((await store.FindAsync(export.Id, cancel))!);
    }

    /// <summary>The row is stored and that is what was promised; should the engine not answer, the reconciler tells it again.</summary>
    private async Task RingAsync(NewExport export, CancellationToken cancel)
    {
        try
        {
            await CutConnection.TryAgainAsync(() => queue.EnqueueAsync(export.Id, export.Lane, TimeSpan.Zero, cancel), cancel);
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            LogNotEnqueued(logger, fault, export.Id);
        }
    }

    private async Task<RequestOutcome?> FindEarlierAsync(Asking asking, string hash, CancellationToken cancel) =>
        asking.IdempotencyKey is null ? null : await store.FindByKeyAsync(asking.By.Name, asking.IdempotencyKey, cancel) switch
        {
            null => null,
            var (id, earlierHash) when earlierHash == hash => new RequestOutcome.Accepted((await store.FindAsync(id, cancel))!),
            _ => new RequestOutcome.KeyReused(),
        };

    private static string Hash(ExportRequest request) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request, JsonSerializerOptions.Web)));

    private static RequestOutcome.Rejected Rejected(string field, string message) =>
        new(new Dictionary<string, string[]> { [field] = [message] });

    [LoggerMessage(Level = LogLevel.Warning, Message = "Export {ExportId} is queued but the engine could not be told; the reconciler will")]
    private static partial void LogNotEnqueued(ILogger logger, Exception fault, Guid exportId);
}
