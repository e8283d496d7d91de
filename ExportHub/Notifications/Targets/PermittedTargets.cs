using ExportHub.Access;

namespace ExportHub.Notifications.Targets;

/// <summary>Targets as people may use them.</summary>
internal sealed class PermittedTargets(TargetStore store, Persons persons)
{
    /// <summary>By name, without those that are disabled.</summary>
    public async Task<IReadOnlyList<TargetChoice>> ListAsync(Viewer viewer, CancellationToken cancel) =>
        await persons.FindAsync(viewer, cancel) is { } person
            ? [.. (await store.ListAsync(cancel)).Where(target => !target.Disabled && target.MayUse(person)).Select(target => new TargetChoice(target.Name, target.Kind))]
            : [];
}
