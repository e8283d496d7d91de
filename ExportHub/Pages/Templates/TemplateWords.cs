using ExportHub.Datasets;
using ExportHub.Exports;
using ExportHub.Pages.Words;

namespace ExportHub.Pages.Templates;

/// <summary>A request in words, as it would be resolved now.</summary>
internal static class TemplateWords
{
    /// <summary>Empty when the dataset cannot answer it as it stands.</summary>
    public static IReadOnlyList<string> Describe(Dataset dataset, ExportRequest request, DateTimeOffset now) =>
        CriteriaCheck.Settle(dataset, request.Criteria, now, (_, _) => { }) is { } criteria
            ? [.. CriteriaWords.Describe(dataset.Definition, criteria), FormatWords.Title(request.Format ?? "")]
            : [];
}
