using ExportHub.Access;
using ExportHub.Exports;
using ExportHub.Schedules;

namespace ExportHub.Pages.Status;

/// <summary>Tells which schedule made an export.</summary>
internal sealed class OriginDesk(PermittedSchedules schedules, ScheduleStore store, OccurrenceStore occurrences)
{
    /// <summary>Null when a person or program asked for it.</summary>
    public async Task<ScheduleOrigin?> FindAsync(Export export, Viewer viewer, CancellationToken cancel)
    {
        if (export.OccurrenceId is not { } id || await occurrences.FindAsync(id, cancel) is not { } occurrence)
        {
            return null;
        }

        var schedule = await schedules.FindAsync(occurrence.ScheduleId, viewer, cancel);
        // Which zone it ran in may be told also when it belongs to somebody else by now, or is deleted; its name not.
        var zone = (schedule ?? await store.FindAsync(occurrence.ScheduleId, cancel))?.TimeZone ?? "UTC";
        return new ScheduleOrigin(schedule, occurrence.DueAt, zone);
    }
}

/// <summary>The run that an export was made for.</summary>
public sealed class ScheduleOrigin
{
    internal ScheduleOrigin(Schedule? schedule, DateTimeOffset due, string zone) => (Schedule, Due, Zone) = (schedule, due, zone);

    /// <summary>Null when the viewer may not see it, or it is deleted.</summary>
    internal Schedule? Schedule { get; }

    internal DateTimeOffset Due { get; }

    internal string Zone { get; }
}
