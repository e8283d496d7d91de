using System.Globalization;
using ExportHub.Access;
using ExportHub.Datasets;
using ExportHub.Exports;
using ExportHub.Pages.Request;
using ExportHub.Schedules;

namespace ExportHub.Pages.Templates;

/// <summary>What the request page does with templates.</summary>
internal sealed class TemplateDesk(PermittedTemplates templates, SaveTemplate save)
{
    /// <summary>The button that saves the form as a template.</summary>
    public const string Save = "template";

    /// <summary>The button that saves it as the next version of the template it was filled from.</summary>
    public const string SaveVersion = "template-version";

    /// <summary>What the page begins with: the template in the address, or the default where the address says nothing.</summary>
    public async Task<TemplateView> BeginAsync(Dataset dataset, IQueryCollection query, Viewer viewer, CancellationToken cancel)
    {
        if (query.Count == 0)
        {
            return new TemplateView(await templates.FindDefaultAsync(dataset, viewer, cancel), viewer) { IsDefault = true };
        }

        if (!query.ContainsKey("template"))
        {
            return new TemplateView(null, viewer);
        }

        Guid? id = Guid.TryParse(query["template"], out var given) ? given : null;
        int? version = int.TryParse(query["version"], CultureInfo.InvariantCulture, out var number) ? number : null;
        var found = await FindAsync(dataset, id, version, viewer, cancel);
        return new TemplateView(found, viewer) { IsLost = found is null, IsSaved = query.ContainsKey("saved") };
    }

    /// <summary>What a form that was sent began with, as far as its sender may read that.</summary>
    public async Task<TemplateView> OfSentAsync(Dataset dataset, TemplateForm form, Viewer viewer, CancellationToken cancel) =>
        new(await FindAsync(dataset, form.Template, form.TemplateVersion, viewer, cancel), viewer) { Form = form };

    /// <summary>The address that shows what was saved; null after a fault, which is told.</summary>
    public async Task<string?> SaveAsync(TemplateView view, string act, ExportRequest request, Action<string, string> fault, CancellationToken cancel)
    {
        var outcome = act == SaveVersion && view.Used is { } used
            ? await save.AddVersionAsync(used.Template.Id, request, view.Viewer, cancel)
            : await save.AddAsync(view.Form.Draft, request, view.Viewer, cancel);
        if (outcome is TemplateOutcome.Saved saved)
        {
            return $"/request/{request.Dataset}?template={saved.Id}&version={saved.Version}&saved";
        }

        TemplateFaults.Tell(outcome, fault);
        return null;
    }

    private async Task<UsableTemplate?> FindAsync(Dataset dataset, Guid? id, int? version, Viewer viewer, CancellationToken cancel) =>
        id is { } known && await templates.FindAsync(known, version, viewer, cancel) is { } found && found.Template.Dataset == dataset.Name ? found : null;
}
