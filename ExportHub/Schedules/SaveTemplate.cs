using ExportHub.Access;
using ExportHub.Datasets;
using ExportHub.Exports;
using ExportHub.Language;

namespace ExportHub.Schedules;

/// <summary>Makes templates and changes them. What is saved was judged as a request is, and is judged anew whenever it is used.</summary>
internal sealed class SaveTemplate(TemplateStore store, Persons persons, PermittedDatasets datasets, TimeProvider time)
{
    public async Task<TemplateOutcome> AddAsync(TemplateDraft draft, ExportRequest request, Viewer by, CancellationToken cancel)
    {
        var faults = new FieldFaults();
        var (name, description, sharedWith) = DraftCheck.Settle(draft, faults.Add);
        if (await RefuseAsync(request, by, faults, cancel) is { } refusal)
        {
            return refusal;
        }

        var id = Guid.CreateVersion7();
        return await NamedAsync(async () => await store.AddAsync(id, by.Name, name, description, sharedWith, request, cancel)
            ? new TemplateOutcome.Saved(id, Version: 1)
            : new TemplateOutcome.NotPermitted(Text.Of("You have {0} templates, which is as many as one may have. Delete one that is not needed any more.", TemplateStore.Most)));
    }

    /// <param name="request">What is asked for from now on, which makes a new version; null to leave it.</param>
    public async Task<TemplateOutcome> ChangeAsync(Guid id, TemplateDraft draft, ExportRequest? request, Viewer by, CancellationToken cancel)
    {
        if (await persons.FindAsync(by, cancel) is not { } person || await store.FindAsync(id, version: null, person, cancel) is not { } template)
        {
            return new TemplateOutcome.Unknown();
        }

        if (!template.MayChange(by))
        {
            return NotYours();
        }

        var faults = new FieldFaults();
        var (name, description, sharedWith) = DraftCheck.Settle(draft, faults.Add);
        if (request is not null && request.Dataset != template.Dataset)
        {
            faults.Add("request.dataset", Text.Of("A template stays with its dataset. Make another template for another dataset."));
        }

        if ((request is null ? Rejected(faults) : await RefuseAsync(request, by, faults, cancel)) is { } refusal)
        {
            return refusal;
        }

        return await NamedAsync(async () => Saved(id, await store.ChangeAsync(id, name, description, sharedWith, request, person, cancel)));
    }

    /// <summary>Makes a new version of what is asked for, the rest stays.</summary>
    public async Task<TemplateOutcome> AddVersionAsync(Guid id, ExportRequest request, Viewer by, CancellationToken cancel)
    {
        if (await RefuseAsync(request, by, new FieldFaults(), cancel) is { } refusal)
        {
            return refusal;
        }

        return await persons.FindAsync(by, cancel) is { } person
            ? await ChangedAsync(id, person, async () => Saved(id, await store.AddVersionAsync(id, request, person, cancel)), cancel)
            : new TemplateOutcome.Unknown();
    }

    /// <summary>Makes an earlier version the newest, as a version of its own.</summary>
    public async Task<TemplateOutcome> RestoreAsync(Guid id, int version, Viewer by, CancellationToken cancel) =>
        await persons.FindAsync(by, cancel) is { } person && await store.FindAsync(id, version, person, cancel) is { Request: { } request }
            ? await ChangedAsync(id, person, async () => Saved(id, await store.AddVersionAsync(id, request, person, cancel)), cancel)
            : new TemplateOutcome.Unknown();

    /// <summary>Nobody sees it any more. Exports keep what they were asked for, and its versions stay for those that name them.</summary>
    public async Task<TemplateOutcome> DeleteAsync(Guid id, Viewer by, CancellationToken cancel) =>
        await persons.FindAsync(by, cancel) is { } person
            ? await ChangedAsync(
                id, person, async () => await store.DeleteAsync(id, person, cancel) ? new TemplateOutcome.Saved(id, 0) : new TemplateOutcome.Unknown(), cancel)
            : new TemplateOutcome.Unknown();

    /// <summary>Lets the request page of its dataset begin with it, or no longer.</summary>
    /// <param name="forAll">Everybody's, which administrators decide; else the person's own.</param>
    public async Task<TemplateOutcome> DefaultAsync(Guid id, bool forAll, bool begin, Viewer by, CancellationToken cancel)
    {
        if (await persons.FindAsync(by, cancel) is not { } person || await store.FindAsync(id, version: null, person, cancel) is not { } template)
        {
            return new TemplateOutcome.Unknown();
        }

        if (forAll && !person.IsAdministrator)
        {
            return new TemplateOutcome.NotPermitted(Text.Of("What everybody begins with is decided by an administrator."));
        }

        _ = begin ? await store.MakeDefaultAsync(id, forAll, person, cancel) : await store.EndDefaultAsync(id, forAll, person, cancel);
        return new TemplateOutcome.Saved(id, template.Latest);
    }

    private async Task<TemplateOutcome> ChangedAsync(Guid id, Person person, Func<Task<TemplateOutcome>> change, CancellationToken cancel) =>
        await change() is not TemplateOutcome.Unknown and var done ? done
        : await store.FindAsync(id, version: null, person, cancel) is null ? new TemplateOutcome.Unknown()
        : NotYours();

    /// <summary>Null when the person may ask for this, and nothing else was wrong so far.</summary>
    private async Task<TemplateOutcome?> RefuseAsync(ExportRequest request, Viewer by, FieldFaults faults, CancellationToken cancel)
    {
        switch (request.Dataset is null ? null : await datasets.FindAsync(request.Dataset, by, cancel))
        {
            case null:
                faults.Add("dataset", Text.Of("There is no such dataset."));
                break;
            case { Permission.MayExport: false }:
                return new TemplateOutcome.NotPermitted(Text.Of("You may see what this dataset holds, but not export it."));
            case { Broken: not null }:
                faults.Add("dataset", Text.Of("This dataset cannot be read at the moment, so nothing was saved. Try again later."));
                break;
            case var dataset:
                RequestCheck.Find(dataset, request, time.GetUtcNow(), faults.Add);
                break;
        }

        return Rejected(faults);
    }

    private static async Task<TemplateOutcome> NamedAsync(Func<Task<TemplateOutcome>> save)
    {
        try
        {
            return await save();
        }
        catch (TemplateNameTakenException)
        {
            var faults = new FieldFaults();
            faults.Add("name", Text.Of("There is a template of this name for the dataset already. Give another name."));
            return Rejected(faults)!;
        }
    }

    private static TemplateOutcome Saved(Guid id, int? version) => version is { } number ? new TemplateOutcome.Saved(id, number) : new TemplateOutcome.Unknown();

    private static TemplateOutcome.NotPermitted NotYours() => new(Text.Of("This template is somebody else’s. You may use it and save your own under another name."));

    private static TemplateOutcome.Rejected? Rejected(FieldFaults faults) => faults.Errors is { } errors ? new TemplateOutcome.Rejected(errors) : null;
}
