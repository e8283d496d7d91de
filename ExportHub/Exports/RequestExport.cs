using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
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
internal sealed partial class RequestExport(
    DatasetCatalog datasets, ExportStore store, IExportQueue queue, IOptions<ExportsOptions> options, TimeProvider time, ILogger<RequestExport> logger)
{
    private const int LongestKey = 200;

    /// <param name="idempotencyKey">Null, or the client's key: the same key and request give the same export.</param>
    public async Task<RequestOutcome> AcceptAsync(ExportRequest request, string? idempotencyKey, CancellationToken cancel)
    {
        var hash = Hash(request);
        if (idempotencyKey is { Length: 0 or > LongestKey } || idempotencyKey?.Any(char.IsControl) == true)
        {
            return Rejected("Idempotency-Key", $"The key must have 1 to {LongestKey} printable characters.");
        }

        if (idempotencyKey is not null && await FindEarlierAsync(idempotencyKey, hash, cancel) is { } earlier)
        {
            return earlier;
        }

        var dataset = await FindDatasetAsync(request, cancel);
        return dataset switch
        {
            null => Rejected("dataset", await NameTheDatasetsAsync(cancel)),
            { Unreachable: true } => new RequestOutcome.SourceUnavailable(dataset.Title),
            { Broken: not null } => Rejected("dataset", $"{dataset.Title} cannot be exported until an administrator has repaired its definition."),
            _ => await AcceptAsync(dataset, request, idempotencyKey, hash, cancel),
        };
    }

    private async Task<RequestOutcome> AcceptAsync(Dataset dataset, ExportRequest request, string? key, string hash, CancellationToken cancel)
    {
        var faults = new List<(string Field, string Message)>();
        var criteria = CriteriaCheck.Settle(dataset, request.Criteria, time.GetUtcNow(), (field, message) => faults.Add((field, message)));
        var settings = FileFormats.Settle(request.Format, request.Options, TimeZoneInfo.Utc, (field, message) => faults.Add((field, message)));
        if (criteria is null || settings is null)
        {
            return new RequestOutcome.Rejected(
                faults.GroupBy(f => f.Field, f => f.Message).ToDictionary(group => group.Key, group => group.Distinct().ToArray()));
        }

        var export = new NewExport(
            Guid.CreateVersion7(), dataset.Definition, criteria, settings.Format.Name, request.Options ?? new(), key, hash, options.Value.MaxAttempts);
        if (!await store.InsertAsync(export, cancel))
        {
            return await FindEarlierAsync(key!, hash, cancel) ?? new RequestOutcome.KeyReused();
        }

        await RingAsync(export.Id, cancel);
        return new RequestOutcome.Accepted((await store.FindAsync(export.Id, cancel))!);
    }

    /// <summary>The row is stored and that is what was promised; should the engine not answer, the reconciler tells it again.</summary>
    private async Task RingAsync(Guid id, CancellationToken cancel)
    {
        try
        {
            await queue.EnqueueAsync(id, TimeSpan.Zero, cancel);
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            LogNotEnqueued(logger, fault, id);
        }
    }

    private async Task<RequestOutcome?> FindEarlierAsync(string key, string hash, CancellationToken cancel) =>
        await store.FindByKeyAsync(key, cancel) switch
        {
            null => null,
            var (id, earlierHash) when earlierHash == hash => new RequestOutcome.Accepted((await store.FindAsync(id, cancel))!),
            _ => new RequestOutcome.KeyReused(),
        };

    private async Task<Dataset?> FindDatasetAsync(ExportRequest request, CancellationToken cancel) =>
        request.Dataset is { } name ? await datasets.FindAsync(name, cancel) : null;

    private async Task<string> NameTheDatasetsAsync(CancellationToken cancel)
    {
        var usable = from dataset in await datasets.ListAsync(cancel) where dataset.Broken is null select dataset.Name;
        return $"There is no such dataset. Allowed: {string.Join(", ", usable)}.";
    }

    private static string Hash(ExportRequest request) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request, JsonSerializerOptions.Web)));

    private static RequestOutcome.Rejected Rejected(string field, string message) =>
        new(new Dictionary<string, string[]> { [field] = [message] });

    [LoggerMessage(Level = LogLevel.Warning, Message = "Export {ExportId} is queued but the engine could not be told; the reconciler will")]
    private static partial void LogNotEnqueued(ILogger logger, Exception fault, Guid exportId);
}
