namespace ExportHub.Datasets;

/// <summary>Turns what a client asks into criteria a dataset can answer.</summary>
internal static class CriteriaCheck
{
    /// <summary>
    /// Checks every part and reports every fault at once with its field (`filters[0].value`, `dateRange.from`, …) and a sentence that names
    /// what is allowed. Null when there was a fault. Relative ranges are resolved at <paramref name="now"/>.
    /// </summary>
    public static Criteria? Settle(Dataset dataset, CriteriaRequest request, DateTimeOffset now, Action<string, string> fault) =>
        throw new NotSupportedException();
}
