using ExportHub.Access;
using ExportHub.Datasets;
using ExportHub.Exports;

namespace ExportHub.Schedules;

/// <summary>A template as somebody may use it.</summary>
/// <param name="Dataset">As that person may see it; null when it is gone or the right to it was withdrawn.</param>
/// <param name="Request">What it asks for, as far as the dataset has it; all of it where that cannot be told.</param>
/// <param name="LeftOut">The columns that the dataset has not, or not for this person.</param>
internal sealed record UsableTemplate(Template Template, Dataset? Dataset, ExportRequest Request, IReadOnlyList<string> LeftOut);

/// <summary>
/// The templates as one person may see them: the own ones, and what is shared with a role of the person for a dataset that the person may see. A template gives no right.
/// </summary>
internal sealed class PermittedTemplates(TemplateStore store, Persons persons, PermittedDatasets datasets)
{
    /// <summary>By dataset and name, without what they ask for.</summary>
    /// <param name="dataset">Null for those of all datasets.</param>
    public async Task<IReadOnlyList<Template>> ListAsync(string? dataset, Viewer viewer, CancellationToken cancel)
    {
        if (await persons.FindAsync(viewer, cancel) is not { } person)
        {
            return [];
        }

        var seen = (await datasets.ListAsync(viewer, cancel)).Select(one => one.Name).ToHashSet(StringComparer.Ordinal);
        return [.. (await store.ListAsync(dataset, person, cancel)).Where(template => template.MayChange(viewer) || seen.Contains(template.Dataset))];
    }

    /// <summary>Null when there is none that the person may see.</summary>
    /// <param name="version">Null for the newest.</param>
    public async Task<UsableTemplate?> FindAsync(Guid id, int? version, Viewer viewer, CancellationToken cancel)
    {
        var person = await persons.FindAsync(viewer, cancel);
        var template = person is null ? null : await store.FindAsync(id, version, person, cancel);
        return template is null ? null : Usable(template, await datasets.FindAsync(template.Dataset, viewer, cancel), viewer);
    }

    /// <summary>What the person's request page of the dataset begins with; null when it begins empty.</summary>
    public async Task<UsableTemplate?> FindDefaultAsync(Dataset dataset, Viewer viewer, CancellationToken cancel)
    {
        var person = await persons.FindAsync(viewer, cancel);
        var template = person is null ? null : await store.FindDefaultAsync(dataset.Name, person, cancel);
        return template is null ? null : Usable(template, dataset, viewer);
    }

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<TemplateVersion>> ListVersionsAsync(Template template, Viewer viewer, CancellationToken cancel) =>
        await persons.FindAsync(viewer, cancel) is { } person ? await store.ListVersionsAsync(template.Id, person, cancel) : [];

    private static UsableTemplate? Usable(Template template, Dataset? dataset, Viewer viewer)
    {
        if (dataset is null or { Broken: not null })
        {
            // What it names cannot be held against the person's rights, so only those see it who wrote it.
            return template.MayChange(viewer) ? new UsableTemplate(template, dataset, template.Request!, []) : null;
        }

        var fit = TemplateFit.Of(template.Request!, dataset);
        return new UsableTemplate(template, dataset, fit.Request, fit.LeftOut);
    }
}
