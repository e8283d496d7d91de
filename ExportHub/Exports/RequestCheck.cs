using ExportHub.Access;
using ExportHub.Datasets;
using ExportHub.Formats;
using ExportHub.Language;

namespace ExportHub.Exports;

/// <summary>A request that may be made: the dataset as the person may read it, and all that was asked for.</summary>
/// <param name="Settings">With UTC as their zone.</param>
internal sealed record SettledRequest(Dataset Dataset, Criteria Criteria, FormatSettings Settings);

/// <summary>Judges a request before anything is done for it. What may be previewed is what may be exported.</summary>
internal sealed class RequestCheck(PermittedDatasets datasets, TimeProvider time)
{
    /// <summary>Either the one or the other is null.</summary>
    /// <param name="at">The instant that relative ranges are resolved at; null for now.</param>
    public async Task<(SettledRequest? Request, RequestOutcome? Refusal)> SettleAsync(ExportRequest request, Viewer by, CancellationToken cancel, DateTimeOffset? at = null)
    {
        var dataset = request.Dataset is { } name ? await datasets.FindAsync(name, by, cancel) : null;
        return dataset switch
        {
            null => (null, Rejected("dataset", await NameTheDatasetsAsync(by, cancel))),
            { Permission.MayExport: false } => (null, new RequestOutcome.NotPermitted(Text.Of("You may see what {0} holds, but not export it.", dataset.Title))),
            { Unreachable: true } => (null, new RequestOutcome.SourceUnavailable(dataset.Title)),
            { Broken: not null } => (null, Rejected("dataset", Text.Of("{0} cannot be exported until an administrator has repaired its definition.", dataset.Title))),
            { Permission.Obstacle: { } obstacle } => (null, new RequestOutcome.NotPermitted(obstacle)),
            _ => Settle(dataset, request, at ?? time.GetUtcNow()),
        };
    }

    /// <summary>Whether the dataset, as somebody may read it, can answer the request: reports every fault at once; null where there was one. The dataset must not be broken.</summary>
    public static (Criteria Criteria, FormatSettings Settings)? Find(Dataset dataset, ExportRequest request, DateTimeOffset now, Action<string, string> fault)
    {
        var faults = 0;
        void Count(string field, string message)
        {
            faults++;
            fault(field, message);
        }

        var criteria = CriteriaCheck.Settle(dataset, request.Criteria, now, Count);
        var settings = FileFormats.Settle(request.Format, request.Options, TimeZoneInfo.Utc, Count);
        if (request.Options?.FormulaGuard == false && dataset.Permission is not { MayRaw: true })
        {
            Count("options.formulaGuard", Text.Of("You may not export this dataset without the formula guard."));
        }

        return faults == 0 && criteria is not null && settings is not null ? (criteria, settings) : null;
    }

    private static (SettledRequest? Request, RequestOutcome? Refusal) Settle(Dataset dataset, ExportRequest request, DateTimeOffset at)
    {
        var faults = new List<(string Field, string Message)>();
        return Find(dataset, request, at, (field, message) => faults.Add((field, message))) is var (criteria, settings)
            ? (new SettledRequest(dataset, criteria, settings), null)
            : (null, new RequestOutcome.Rejected(faults.GroupBy(f => f.Field, f => f.Message).ToDictionary(group => group.Key, group => group.Distinct().ToArray())));
    }

    private async Task<string> NameTheDatasetsAsync(Viewer viewer, CancellationToken cancel)
    {
        var usable = from dataset in await datasets.ListAsync(viewer, cancel) where dataset is { Broken: null, Permission.MayExport: true } select dataset.Name;
        return Text.Of("There is no such dataset. Allowed: {0}.", ListOf.Names([.. usable]));
    }

    private static RequestOutcome.Rejected Rejected(string field, string message) =>
        new(new Dictionary<string, string[]> { [field] = [message] });
}
