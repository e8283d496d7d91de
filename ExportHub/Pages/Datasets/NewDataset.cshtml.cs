using ExportHub.Datasets;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExportHub.Pages.Datasets;

/// <summary>The first step to a dataset: a table or view of a source.</summary>
internal sealed class NewDatasetModel(SourceTables tables) : PageModel
{
    public IReadOnlyList<string> Sources => tables.Sources;

    /// <summary>Null is ExportHub's own database.</summary>
    public string? Source { get; private set; }

    public string? Search { get; private set; }

    public IReadOnlyList<SourceTable> Tables { get; private set; } = [];

    public bool AreThereMore { get; private set; }

    /// <summary>Why there is no list; a sentence.</summary>
    public string? Fault { get; private set; }

    public async Task OnGetAsync(string? source, string? search, CancellationToken cancel)
    {
        (Source, Search) = (source, search?.Trim());
        var answer = await tables.ListAsync(source, Search, cancel);
        Fault = answer.Fault?.Replace("`", "", StringComparison.Ordinal);
        AreThereMore = answer.Value?.Count > SourceTables.Most;
        Tables = [.. answer.Value?.Take(SourceTables.Most) ?? []];
    }

    /// <summary>Where the form for the table is; for a query without one.</summary>
    public string FormOf(string? table) => "/admin/datasets/new/form" + QueryString.Create(
    [
        .. Source is null ? Array.Empty<KeyValuePair<string, string?>>() : [new("source", Source)],
        table is null ? new("query", "true") : new("from", table),
    ]);
}
