using ExportHub.Datasets;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExportHub.Pages.Datasets;

/// <summary>All definitions, what is wrong with them and where they are.</summary>
internal sealed class DatasetsModel(DatasetCatalog catalog, Definitions definitions, DefinitionDesk desk) : PageModel
{
    public DatasetsView View { get; private set; } = null!;

    /// <summary>What has just been saved or removed; null when that was nothing.</summary>
    public DefinitionFile? Saved { get; private set; }

    public bool IsRemoved { get; private set; }

    public bool StoresNew => desk.StoresNew;

    public async Task OnGetAsync(string? saved, bool removed, CancellationToken cancel)
    {
        View = new(await catalog.ListWithFilesAsync(cancel), definitions.Unused());
        Saved = View.All.Select(one => one.File).FirstOrDefault(file => file.Definition.Name == saved);
        IsRemoved = removed;
    }
}
