using ExportHub.Access;
using ExportHub.Datasets;
using ExportHub.Exports;
using ExportHub.Pages.Parts;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExportHub.Pages.Home;

/// <summary>The datasets and the latest exports.</summary>
internal sealed class HomeModel(PermittedDatasets permitted, ExportHistory history, TimeProvider time) : PageModel
{
    private const int Recent = 10;

    public IReadOnlyList<Dataset> Datasets { get; private set; } = [];

    public IReadOnlyList<Dataset> Broken { get; private set; } = [];

    public IReadOnlyList<ExportLine> Exports { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var all = await permitted.ListAsync(Viewer.Of(User), cancel);
        Datasets = [.. all.Where(dataset => dataset.Broken is null)];
        Broken = [.. all.Where(dataset => dataset.Broken is not null)];
        var page = await history.ListAsync(new HistoryFilter(Viewer.Of(User), Size: Recent), cancel);
        Exports = [.. page.Exports.Select(export => ExportLine.Of(export, time.GetUtcNow()))];
    }
}
