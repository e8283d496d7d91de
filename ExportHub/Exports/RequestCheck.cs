using ExportHub.Datasets;
using ExportHub.Formats;

namespace ExportHub.Exports;

/// <summary>Whether a dataset, as somebody may read it, can answer a request.</summary>
internal static class RequestCheck
{
    /// <summary>Reports every fault at once; null where there was one. The dataset must not be broken.</summary>
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
            Count("options.formulaGuard", "You may not export this dataset without the formula guard.");
        }

        return faults == 0 && criteria is not null && settings is not null ? (criteria, settings) : null;
    }
}
