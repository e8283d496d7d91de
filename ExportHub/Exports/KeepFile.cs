using ExportHub.Access;
using ExportHub.Files;
using ExportHub.Language;
using Microsoft.Extensions.Options;

namespace ExportHub.Exports;

/// <summary>What became of the wish to keep, let go or delete a file.</summary>
internal abstract record KeepOutcome
{
    /// <summary>It is so now, be it by this or since before.</summary>
    internal sealed record Done : KeepOutcome;

    /// <summary>There is no such export for this person.</summary>
    internal sealed record Unknown : KeepOutcome;

    /// <summary>The export has no file, or as many are kept as may be; the sentence says which.</summary>
    internal sealed record Refused(string Message) : KeepOutcome;

    /// <summary>The person may no longer have the file.</summary>
    internal sealed record NotPermitted(string Message) : KeepOutcome;

    /// <summary>Somebody else's file goes with a reason only; the sentence says what is wrong with the one that was given.</summary>
    internal sealed record NoReason(string Message) : KeepOutcome;
}

/// <summary>
/// Owners and administrators keep files past their time, let go of them again and delete them before. Kept files count in the quota of their owner. Each is in the audit.
/// </summary>
internal sealed partial class KeepFile(
    KeptFileStore store, ExportStore exports, ExportRights rights, OutdatedFiles outdated, IOptions<FilesOptions> options, ILogger<KeepFile> logger)
{
    /// <summary>Whether a reason has to be given to delete it.</summary>
    public static bool NeedsReason(Export export, Viewer viewer) => export.RequestedBy != viewer.Name;

    /// <summary>Until somebody lets go of it, its time does not count. Only whoever may have the file may keep it.</summary>
    public async Task<KeepOutcome> KeepAsync(Guid id, Viewer viewer, CancellationToken cancel)
    {
        if (await exports.FindAsync(id, viewer, cancel) is not { } export)
        {
            return new KeepOutcome.Unknown();
        }

        if (export.HasFile && await rights.RefuseFileAsync(export, viewer, cancel) is { } refusal)
        {
            return new KeepOutcome.NotPermitted(refusal);
        }

        return export is { HasFile: true, KeptAt: not null } || await store.KeepAsync(id, viewer, options.Value.MostKept, cancel)
            ? new KeepOutcome.Done()
            : await RefuseAsync(export, cancel);
    }

    /// <summary>The file has its time again, a day of it at least.</summary>
    public async Task<KeepOutcome> ReleaseAsync(Guid id, Viewer viewer, CancellationToken cancel)
    {
        if (await store.ReleaseAsync(id, viewer, cancel))
        {
            return new KeepOutcome.Done();
        }

        return await exports.FindAsync(id, viewer, cancel) switch
        {
            null => new KeepOutcome.Unknown(),
            { HasFile: true } => new KeepOutcome.Done(),
            _ => new KeepOutcome.Refused(NoFile),
        };
    }

    /// <summary>
    /// Nobody gets the file from here on. Its object goes at once, or when the store answers again; who is reading it may come to the end or not. The record stays.
    /// </summary>
    public async Task<KeepOutcome> DeleteAsync(Guid id, Viewer viewer, string? reason, CancellationToken cancel)
    {
        if (await exports.FindAsync(id, viewer, cancel) is not { } export)
        {
            return new KeepOutcome.Unknown();
        }

        if (NeedsReason(export, viewer) && AdminAct.Fault(reason) is { } fault)
        {
            return new KeepOutcome.NoReason(fault);
        }

        var act = string.IsNullOrWhiteSpace(reason) ? null : new AdminAct(reason.Trim());
        if (await store.DeleteAsync(id, viewer, act, cancel) is { } key)
        {
            await RemoveAsync(id, key, cancel);
            return new KeepOutcome.Done();
        }

        return export.DeletedAt is null ? new KeepOutcome.Refused(NoFile) : new KeepOutcome.Done();
    }

    private static string NoFile => Text.Of("This export has no file, or has it no more.");

    private async Task<KeepOutcome> RefuseAsync(Export export, CancellationToken cancel) => new KeepOutcome.Refused(
        export.HasFile && (await store.UsageAsync(export.RequestedBy, cancel)).Kept >= options.Value.MostKept
            ? Text.Of("As many files are kept as one person may keep: {0}. Let go of another one first.", options.Value.MostKept)
            : NoFile);

    /// <summary>That the file is deleted is stored; what fails here is done by the reconciler.</summary>
    private async Task RemoveAsync(Guid id, string key, CancellationToken cancel)
    {
        try
        {
            await outdated.ExpireAsync(id, key, cancel);
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            LogNotRemoved(logger, fault, id);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The file of export {ExportId} is deleted, but the store could not remove it yet; the reconciler will")]
    private static partial void LogNotRemoved(ILogger logger, Exception fault, Guid exportId);
}
