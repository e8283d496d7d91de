using ExportHub.Access;
using ExportHub.Language;

namespace ExportHub.Notifications.Targets;

/// <summary>Targets at the moment of delivery, judged by what the owner may do then.</summary>
internal sealed class UsableTargets(TargetStore store, TargetSecrets secrets, Persons persons)
{
    /// <summary>The target with its secret, or why nothing is delivered there.</summary>
    public async Task<(Target? Target, string? Secret, string? Refusal)> OpenAsync(DeliveryJob job, CancellationToken cancel)
    {
        if (await store.FindAsync(job.TargetId!.Value, cancel) is not { } target)
        {
            return (null, null, Text.Of("This target was deleted."));
        }

        if (target.Disabled)
        {
            return (null, null, Text.Of("This target is disabled. Once an administrator has enabled it, it can be sent again."));
        }

        // An administrator only if the database says so too.
        if (await persons.FindAsync(new Viewer(job.Owner, SeesAll: true), cancel) is not { } owner)
        {
            return (null, null, Text.Of("The account of the owner is disabled or gone."));
        }

        return target.MayUse(owner)
            ? (target, await secrets.FindAsync(target.Id, cancel), null)
            : (null, null, Text.Of("The owner may no longer use this target."));
    }
}
