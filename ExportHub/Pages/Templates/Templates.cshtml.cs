using ExportHub.Access;
using ExportHub.Datasets;
using ExportHub.Language;
using ExportHub.Schedules;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExportHub.Pages.Templates;

/// <summary>The person's templates, those shared with the person, and for administrators those of others.</summary>
internal sealed class TemplatesModel(PermittedTemplates templates, PermittedDatasets datasets) : PageModel
{
    public IReadOnlyList<TemplateGroup> Groups { get; private set; } = [];

    public bool IsDeleted => Request.Query.ContainsKey("deleted");

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var viewer = Viewer.Of(User);
        var titles = (await datasets.ListAsync(viewer, cancel)).ToDictionary(dataset => dataset.Name, dataset => dataset.Title, StringComparer.Ordinal);
        var all = (await templates.ListAsync(dataset: null, viewer, cancel)).Select(template => new TemplateLine(template, titles.GetValueOrDefault(template.Dataset))).ToList();
        TemplateGroup[] groups =
        [
            new("mine", Text.Of("Yours"), [.. all.Where(line => line.Template.Owner == viewer.Name)]),
            new("shared", Text.Of("Shared with you"), [.. all.Where(line => line.Template.Owner != viewer.Name && line.Template.SharedWith.Length > 0)]),
            new("others", Text.Of("Other people’s, shared with nobody"), [.. all.Where(line => line.Template.Owner != viewer.Name && line.Template.SharedWith.Length == 0)]),
        ];
        Groups = [.. groups.Where(group => group.Rows.Count > 0)];
    }
}

internal sealed record TemplateGroup(string Id, string Title, IReadOnlyList<TemplateLine> Rows);

/// <summary>A line of the table of templates.</summary>
public sealed class TemplateLine
{
    private readonly string? title;

    internal TemplateLine(Template template, string? title) => (Template, this.title) = (template, title);

    internal Template Template { get; }

    /// <summary>The dataset by its title; by its name where it is there no longer.</summary>
    internal string Dataset => title ?? Template.Dataset;

    /// <summary>Whether the viewer can see its dataset.</summary>
    internal bool IsUsable => title is not null;
}
