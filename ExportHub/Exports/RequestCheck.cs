using ExportHub.Access;
using ExportHub.Datasets;
using ExportHub.Formats;

namespace ExportHub.Exports;

/// <summary>A request that may be made: the dataset as the person may read it, and all that was asked for.</summary>
/// <param name="Settings">With UTC as their zone.</param>
internal sealed record SettledRequest(Dataset Dataset, Criteria Criteria, FormatSettings Settings);

/// <summary>Judges a request before anything is done for it. What may be previewed is what may be exported.</summary>
internal sealed class RequestCheck(PermittedDatasets datasets, TimeProvider time)
{
    /// <summary>Either the one or the other is null.</summary>
    public async Task<(SettledRequest? Request, RequestOutcome? Refusal)> SettleAsync(ExportRequest request, Viewer by, CancellationToken cancel)
    {
        var dataset = request.Dataset is { } name ? await datasets.FindAsync(name, by, cancel) : null;
        return dataset switch
        {
            null => (null, Rejected("dataset", await NameTheDatasetsAsync(by, cancel))),
            { Permission.MayExport: false } => (null, new RequestOutcome.NotPermitted($"You may see what {dataset.Title} holds, but not export it.")),
            { Unreachable: true } => (null, new RequestOutcome.SourceUnavailable(dataset.Title)),
            { Broken: not null } => (null, Rejected("dataset", $"{dataset.Title} cannot be exported until an administrator has repaired its definition.")),
            { Permission.Obstacle: { } obstacle } => (null, new RequestOutcome.NotPermitted(obstacle)),
            _ => Settle(dataset, request),
        };
    }

    private (SettledRequest? Request, RequestOutcome? Refusal) Settle(Dataset dataset, ExportRequest request)
    {
        var faults = new List<(string Field, string Message)>();
        var criteria = CriteriaCheck.Settle(dataset, request.Criteria, time.GetUtcNow(), (field, message) => faults.Add((field, message)));
        var settings = FileFormats.Settle(request.Format, request.Options, TimeZoneInfo.Utc, (field, message) => faults.Add((field, message)));
        if (request.Options?.FormulaGuard == false && dataset.Permission is not { MayRaw: true })
        {
            faults.Add(("options.formulaGuard", "You may not export this dataset without the formula guard."));
        }

        return criteria is null || settings is null || faults.Count > 0
            ? (null, new RequestOutcome.Rejected(faults.GroupBy(f => f.Field, f => f.Message).ToDictionary(group => group.Key, group => group.Distinct().ToArray())))
            : (new SettledRequest(dataset, criteria, settings), null);
    }

    private async Task<string> NameTheDatasetsAsync(Viewer viewer, CancellationToken cancel)
    {
        var usable = from dataset in await datasets.ListAsync(viewer, cancel) where dataset is { Broken: null, Permission.MayExport: true } select dataset.Name;
        return $"There is no such dataset. Allowed: {ListOf.Names([.. usable])}.";
    }

    private static RequestOutcome.Rejected Rejected(string field, string message) =>
        new(new Dictionary<string, string[]> { [field] = [message] });
}
