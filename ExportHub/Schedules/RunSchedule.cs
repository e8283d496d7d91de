using ExportHub.Access;
using ExportHub.Language;
using ExportHub.Notifications;

namespace ExportHub.Schedules;

/// <summary>What became of a run that somebody wanted.</summary>
internal abstract record RunRequest
{
    /// <param name="Occurrence">With its export, where that could be made at once; why not is in it otherwise, and it is tried again where that makes sense.</param>
    /// <param name="From">First day of the relative range; null where the request has none.</param>
    /// <param name="To">First day after it.</param>
    internal sealed record Asked(Occurrence Occurrence, DateOnly? From, DateOnly? To) : RunRequest;

    /// <summary>There is none that the person may see.</summary>
    internal sealed record Unknown : RunRequest;
}

/// <summary>What became of a wish for past runs.</summary>
internal abstract record BackfillOutcome
{
    /// <param name="Runs">How many will be made; those that ran well are left alone.</param>
    internal sealed record Asked(int Runs) : BackfillOutcome;

    internal sealed record Rejected(IReadOnlyDictionary<string, string[]> Errors) : BackfillOutcome;

    internal sealed record Unknown : BackfillOutcome;
}

/// <summary>What people do with single runs of a schedule, also while it is paused.</summary>
internal sealed class RunSchedule(PermittedSchedules schedules, ScheduleStore store, OccurrenceStore occurrences, StartRuns starts, SettleRuns settles)
{
    public const int MostAtOnce = 100;

    /// <summary>A run for this moment, by the same rule as a planned one.</summary>
    public async Task<RunRequest> NowAsync(Guid id, Viewer by, CancellationToken cancel)
    {
        if (await schedules.FindAsync(id, by, cancel) is not { } schedule)
        {
            return new RunRequest.Unknown();
        }

        var occurrence = (await occurrences.AddNowAsync(Guid.CreateVersion7(), id, by.Name, cancel))!;
        await starts.TryAsync(occurrence.Id, cancel);
        var period = ForeseeRuns.PeriodOf(schedule.Request, schedule.TimeZone, occurrence.DueAt);
        return new RunRequest.Asked((await occurrences.FindAsync(occurrence.Id, cancel))!, period?.From, period?.To);
    }

    /// <summary>The times of a span of days, in the zone of the schedule, that did not run or came to nothing, as far as they are over.</summary>
    /// <param name="to">The last day.</param>
    public async Task<BackfillOutcome> BackfillAsync(Guid id, DateOnly from, DateOnly to, Viewer by, CancellationToken cancel)
    {
        if (await schedules.FindAsync(id, by, cancel) is not { } schedule)
        {
            return new BackfillOutcome.Unknown();
        }

        var now = await store.NowAsync(cancel);
        if (from > to)
        {
            return Rejected("to", Text.Of("The last day has to be the first or a later one."));
        }

        if (PastRuns.Of(schedule, from, to, now, MostAtOnce + 1) is not { } due)
        {
            return Rejected("from", Text.Of("The time zone {0} is not known here any more. Choose another one first.", schedule.TimeZone));
        }

        return due.Count switch
        {
            0 => Rejected("from", Text.Of("In this span the schedule was not due.")),
            > MostAtOnce => Rejected("to", Text.Of("That would be more than {0} runs. Choose fewer days.", MostAtOnce)),
            _ => new BackfillOutcome.Asked(await occurrences.AddPastAsync(id, due, by.Name, cancel)),
        };
    }

    /// <summary>Delivers one that is held.</summary>
    public async Task<ScheduleOutcome> ReleaseAsync(Guid occurrenceId, Viewer by, CancellationToken cancel) =>
        await FindHeldAsync(occurrenceId, by, cancel) is var (occurrence, schedule)
            ? await settles.ReleaseAsync(occurrence, schedule, cancel) ? new ScheduleOutcome.Saved(schedule.Id) : NotHeld()
            : await RefuseAsync(occurrenceId, by, cancel);

    /// <summary>Leaves one that is held undelivered. Its file stays with the export.</summary>
    public async Task<ScheduleOutcome> DropAsync(Guid occurrenceId, Viewer by, CancellationToken cancel) =>
        await FindHeldAsync(occurrenceId, by, cancel) is var (_, schedule)
            ? await occurrences.DropAsync(occurrenceId, cancel) ? new ScheduleOutcome.Saved(schedule.Id) : NotHeld()
            : await RefuseAsync(occurrenceId, by, cancel);

    private async Task<(Occurrence Occurrence, Schedule Schedule)?> FindHeldAsync(Guid id, Viewer by, CancellationToken cancel) =>
        await occurrences.FindAsync(id, cancel) is { Status: OccurrenceStatus.Held } occurrence && await schedules.FindAsync(occurrence.ScheduleId, by, cancel) is { } schedule
            ? (occurrence, schedule)
            : null;

    private async Task<ScheduleOutcome> RefuseAsync(Guid id, Viewer by, CancellationToken cancel) =>
        await occurrences.FindAsync(id, by, cancel) is null ? new ScheduleOutcome.Unknown() : NotHeld();

    private static ScheduleOutcome.NotPermitted NotHeld() => new(Text.Of("This run is not held any more, so there is nothing to decide."));

    private static BackfillOutcome.Rejected Rejected(string field, string message) => new(new Dictionary<string, string[]> { [field] = [message] });
}
