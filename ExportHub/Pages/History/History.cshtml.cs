using ExportHub.Access;
using ExportHub.Datasets;
using ExportHub.Exports;
using ExportHub.Pages.Parts;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExportHub.Pages.History;

/// <summary>Every export, newest first.</summary>
internal sealed class HistoryModel(ExportHistory history, PermittedDatasets permitted) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "dataset")]
    public string? DatasetName { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Status { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Before { get; set; }

    public IReadOnlyList<ExportLine> Rows { get; private set; } = [];

    public IReadOnlyList<Dataset> Datasets { get; private set; } = [];

    /// <summary>Null on the last page.</summary>
    public string? Older { get; private set; }

    /// <summary>Null on the first page.</summary>
    public string? Newest => Before is null ? null : Address(before: null);

    public bool IsFiltered => DatasetName is not null || ChosenStatus is not null;

    private ExportStatus? ChosenStatus =>
        Enum.GetValues<ExportStatus>().Cast<ExportStatus?>().FirstOrDefault(status => string.Equals(status.ToString(), Status, StringComparison.OrdinalIgnoreCase));

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Datasets = await permitted.ListAsync(Viewer.Of(User), cancel);
        var page = await history.ListAsync(new HistoryFilter(Viewer.Of(User), DatasetName, ChosenStatus, Before), cancel);
        Rows = [.. page.Exports.Select(ExportLine.Of)];
        Older = page.Next is { } next ? Address(next) : null;
    }

    private string Address(Guid? before)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in new[] { ("dataset", DatasetName), ("status", Status), ("before", before?.ToString()) })
        {
            if (value is not null)
            {
                query.Add(name, value);
            }
        }

        return "/exports" + query.ToQueryString();
    }
}
