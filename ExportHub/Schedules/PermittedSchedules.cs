using ExportHub.Access;

namespace ExportHub.Schedules;

/// <summary>The schedules as one person may see them: the own ones, administrators all.</summary>
internal sealed class PermittedSchedules(ScheduleStore store, Persons persons)
{
    /// <summary>By name.</summary>
    public async Task<IReadOnlyList<Schedule>> ListAsync(Viewer viewer, CancellationToken cancel) =>
        await persons.FindAsync(viewer, cancel) is { } person ? await store.ListAsync(new Viewer(person.Name, person.IsAdministrator), cancel) : [];

    /// <summary>Null when there is none that the person may see.</summary>
    public async Task<Schedule?> FindAsync(Guid id, Viewer viewer, CancellationToken cancel) =>
        await persons.FindAsync(viewer, cancel) is { } person ? await store.FindAsync(id, new Viewer(person.Name, person.IsAdministrator), cancel) : null;
}
