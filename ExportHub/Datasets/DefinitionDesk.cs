using System.Text;
using ExportHub.Access;
using Microsoft.Extensions.Options;

namespace ExportHub.Datasets;

/// <summary>Where new definitions go, a setting.</summary>
internal enum DefinitionPlace
{
    /// <summary>Into the folder where it can be written to, else into the database.</summary>
    Auto,
    Folder,

    /// <summary>Files are never written; those there are still count.</summary>
    Database,
}

/// <summary>What became of a change.</summary>
internal enum DefinitionOutcome
{
    Done,

    /// <summary>It is no longer what was looked at; nothing was changed.</summary>
    ChangedMeanwhile,

    /// <summary>A new one has a name that is given already.</summary>
    NameTaken,

    /// <summary>The file cannot be written to from here.</summary>
    NotWritable,
}

/// <summary>Where administrators make, change and remove definitions. What is there is changed where it is; exports under way keep their copy.</summary>
internal sealed class DefinitionDesk(
    Definitions definitions, DefinitionFolder folder, DefinitionStore store, StoredDefinitions stored, AuditStore audit, AuditedDatabase audited,
    IOptions<DatasetsOptions> options)
{
    /// <summary>Whether files may be written, by the setting and by the folder.</summary>
    public bool WritesFiles => options.Value.Store != DefinitionPlace.Database && folder.IsWritable();

    /// <summary>Whether new ones go into the database.</summary>
    public bool StoresNew => options.Value.Store == DefinitionPlace.Database || (options.Value.Store == DefinitionPlace.Auto && !folder.IsWritable());

    public bool CanChange(DefinitionFile file) => file.IsStored || WritesFiles;

    /// <summary>As it is now, also where another instance has just changed it; null when there is none.</summary>
    public async Task<DefinitionFile?> FindAsync(string name, CancellationToken cancel)
    {
        await stored.RefreshAsync(cancel);
        return definitions.Find(name);
    }

    /// <summary>The text as it is kept.</summary>
    public byte[] Content(DefinitionFile file) =>
        (file.IsStored ? null : folder.Content(file.File)) ?? Encoding.UTF8.GetBytes(DefinitionText.Write(file.Definition));

    /// <param name="stamp">Of the definition that was looked at; null for a new one.</param>
    public async Task<DefinitionOutcome> SaveAsync(DatasetDefinition definition, string? stamp, CancellationToken cancel)
    {
        var (name, json) = (definition.Name, DefinitionText.Write(definition));
        var there = await FindAsync(name, cancel);
        if (there?.Stamp != stamp)
        {
            return stamp is null ? DefinitionOutcome.NameTaken : DefinitionOutcome.ChangedMeanwhile;
        }

        if (there?.IsStored ?? StoresNew)
        {
            var done = stamp is null ? await store.AddAsync(name, json, cancel) : await store.ReplaceAsync(name, stamp, json, cancel);
            await stored.RefreshAsync(cancel);
            return done ? DefinitionOutcome.Done : stamp is null ? DefinitionOutcome.NameTaken : DefinitionOutcome.ChangedMeanwhile;
        }

        var file = there?.File ?? $"{name}.json";
        return await ChangeFileAsync(
            there is null ? AuditActs.DatasetMade : AuditActs.DatasetChanged, name, file, there?.Definition, definition, () => folder.Write(file, stamp, json), cancel);
    }

    public async Task<DefinitionOutcome> DeleteAsync(DefinitionFile file, CancellationToken cancel)
    {
        var name = file.Definition.Name;
        if (file.IsStored)
        {
            var done = await store.DeleteAsync(name, file.Stamp, cancel);
            await stored.RefreshAsync(cancel);
            return done ? DefinitionOutcome.Done : DefinitionOutcome.ChangedMeanwhile;
        }

        return await ChangeFileAsync(AuditActs.DatasetRemoved, name, file.File, file.Definition, null, () => folder.Delete(file.File, file.Stamp), cancel);
    }

    // What cannot be kept in the audit is not done.
    private async Task<DefinitionOutcome> ChangeFileAsync(
        string act, string name, string file, DatasetDefinition? before, DatasetDefinition? after, Func<bool> change, CancellationToken cancel)
    {
        if (!WritesFiles)
        {
            return DefinitionOutcome.NotWritable;
        }

        await audit.WriteAsync(audited.Actor, new AuditEvent(act) { Dataset = name, Details = new { file, before, after } }, cancel);
        try
        {
            return change() ? DefinitionOutcome.Done : DefinitionOutcome.ChangedMeanwhile;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return DefinitionOutcome.NotWritable;
        }
    }
}
