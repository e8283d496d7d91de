using ExportHub.Access;
using ExportHub.Database;
using ExportHub.Datasets;
using ExportHub.Language;
using Microsoft.Extensions.Options;

namespace ExportHub.Schedules;

/// <summary>Makes schedules and changes them. What is saved was judged as a request of the owner's is, and is judged anew at each run.</summary>
internal sealed class SaveSchedule(
    ScheduleCheck check, ScheduleStore store, PermittedSchedules schedules, Persons persons, IOptions<SchedulesOptions> options)
{
    private const int LongestReason = 500;

    public async Task<ScheduleOutcome> AddAsync(ScheduleDraft draft, Viewer by, CancellationToken cancel)
    {
        var (settled, refusal) = await check.SettleAsync(draft, by, by, cancel);
        if (settled is null)
        {
            return refusal!;
        }

        var id = Guid.CreateVersion7();
        var nextAt = settled.Timetable.Next(await store.NowAsync(cancel));
        return await NamedAsync(async () => await store.AddAsync(id, by.Name, settled.Terms, nextAt, options.Value.MostPerPerson, cancel)
            ? new ScheduleOutcome.Saved(id)
            : new ScheduleOutcome.NotPermitted(
                Text.Of("You have {0} schedules, which is as many as one may have. Delete one that is not needed any more.", options.Value.MostPerPerson)));
    }

    /// <summary>Replaces what it says. A run that is under way is left alone; the next follows what is said now.</summary>
    public async Task<ScheduleOutcome> ChangeAsync(Guid id, ScheduleDraft draft, Viewer by, CancellationToken cancel)
    {
        if (await schedules.FindAsync(id, by, cancel) is not { } schedule)
        {
            return new ScheduleOutcome.Unknown();
        }

        var (settled, refusal) = await check.SettleAsync(draft, await AsAsync(schedule.Owner, cancel), by, cancel);
        if (settled is null)
        {
            return refusal!;
        }

        var nextAt = settled.Timetable.Next(await store.NowAsync(cancel));
        return await NamedAsync(async () => Done(id, await store.ChangeAsync(id, settled.Terms, nextAt, by, cancel)));
    }

    /// <summary>Nothing is due until it is resumed. Saved too when it is paused already.</summary>
    public async Task<ScheduleOutcome> PauseAsync(Guid id, Viewer by, string? reason, CancellationToken cancel)
    {
        var said = reason?.Trim() is { Length: > 0 } words ? StorableText.Of(words)! : null;
        if (await schedules.FindAsync(id, by, cancel) is null)
        {
            return new ScheduleOutcome.Unknown();
        }

        if (said?.Length > LongestReason)
        {
            return Rejected("reason", Text.Of("The reason may have {0} characters at most.", LongestReason));
        }

        _ = await store.PauseAsync(id, said, by, cancel);
        return new ScheduleOutcome.Saved(id);
    }

    /// <summary>From now on: what was due meanwhile was not missed. Saved too when it is not paused.</summary>
    public async Task<ScheduleOutcome> ResumeAsync(Guid id, Viewer by, CancellationToken cancel)
    {
        if (await schedules.FindAsync(id, by, cancel) is not { } schedule)
        {
            return new ScheduleOutcome.Unknown();
        }

        if (TimetableOf(schedule) is not { } timetable)
        {
            return new ScheduleOutcome.NotPermitted(Text.Of("The time zone {0} is not known here any more. Choose another one first.", schedule.TimeZone));
        }

        _ = await store.ResumeAsync(id, timetable.Next(await store.NowAsync(cancel)), by, cancel);
        return new ScheduleOutcome.Saved(id);
    }

    /// <summary>Nobody sees it any more, and it does not run. The exports it made stay.</summary>
    public async Task<ScheduleOutcome> DeleteAsync(Guid id, Viewer by, CancellationToken cancel) => await schedules.FindAsync(id, by, cancel) is null
        ? new ScheduleOutcome.Unknown()
        : Done(id, await store.DeleteAsync(id, by, cancel));

    /// <summary>An administrator gives it to somebody, who must have the right to what it exports: it runs under the rights of the new owner.</summary>
    public async Task<ScheduleOutcome> TakeOverAsync(Guid id, string? newOwner, Viewer by, CancellationToken cancel)
    {
        if (await schedules.FindAsync(id, by, cancel) is not { } schedule)
        {
            return new ScheduleOutcome.Unknown();
        }

        if (await persons.FindAsync(by, cancel) is not { IsAdministrator: true })
        {
            return new ScheduleOutcome.NotPermitted(Text.Of("Whose a schedule is, is decided by an administrator."));
        }

        if (await persons.FindAsync(new Viewer(newOwner?.Trim() ?? "", SeesAll: true), cancel) is not { } owner)
        {
            return Rejected("owner", Text.Of("There is nobody of this name, or the account is disabled."));
        }

        var faults = new FieldFaults();
        if (await check.RefuseAsync(schedule.Request, new Viewer(owner.Name, owner.IsAdministrator), faults.Add, cancel) is { } refusal)
        {
            return refusal;
        }

        return faults.Errors is null
            ? await NamedAsync(async () => Done(id, await store.GiveAsync(id, owner.Name, by, cancel)))
            : Rejected("owner", Text.Of("{0} has not the right to everything that this schedule exports.", owner.Name));
    }

    /// <summary>Null when its zone or timing cannot be read any more.</summary>
    internal static Timetable? TimetableOf(Schedule schedule) =>
        CriteriaCheck.FindZone(schedule.TimeZone) is { } zone && TimingCheck.Read(schedule.Timing) is { } fields ? new Timetable(fields, zone) : null;

    /// <summary>With the rights of the owner at this moment; none when the account is gone.</summary>
    private async Task<Viewer> AsAsync(string owner, CancellationToken cancel) =>
        new(owner, await persons.FindAsync(new Viewer(owner, SeesAll: true), cancel) is { IsAdministrator: true });

    private static async Task<ScheduleOutcome> NamedAsync(Func<Task<ScheduleOutcome>> save)
    {
        try
        {
            return await save();
        }
        catch (ScheduleNameTakenException)
        {
            return Rejected("name", Text.Of("There is a schedule of this name already. Give another name."));
        }
    }

    private static ScheduleOutcome Done(Guid id, bool done) => done ? new ScheduleOutcome.Saved(id) : new ScheduleOutcome.Unknown();

    private static ScheduleOutcome.Rejected Rejected(string field, string message) => new(new Dictionary<string, string[]> { [field] = [message] });
}
