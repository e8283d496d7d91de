using System.Globalization;
using ExportHub.Database;
using ExportHub.Exports;
using ExportHub.Language;
using ExportHub.Notifications;

namespace ExportHub.Schedules;

/// <summary>
/// Gives runs their end: delivered, held or failed. News are told before the row says so, so that none are lost; by their key, those that are told again are no news.
/// </summary>
internal sealed partial class SettleRuns(AppDatabase database, ScheduleStore schedules, OccurrenceStore occurrences, TellNews tell, ILogger<SettleRuns> logger)
{
    /// <summary>All whose export has ended. One that cannot be settled stops no other.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        // What is stored is English, whoever reads it.
        CultureInfo.CurrentUICulture = Text.Languages[0];
        var broken = new List<Guid>();
        while (await SettleNextAsync(broken, cancel))
        {
        }
    }

    /// <summary>A run whose export was not made: it has failed.</summary>
    public async Task FailAsync(Occurrence occurrence, Schedule schedule, string reason, CancellationToken cancel)
    {
        await using var session = await SettlingSession.OpenAsync(database, cancel);
        if (await session.TakeAsync(occurrence.Id, OccurrenceStatus.Waiting, cancel))
        {
            await FailAsync(session, occurrence, schedule, reason, counts: true, cancel);
            await session.CommitAsync(cancel);
        }
    }

    /// <summary>Delivers a held one. False when it is not held.</summary>
    public async Task<bool> ReleaseAsync(Occurrence occurrence, Schedule schedule, CancellationToken cancel)
    {
        await tell(NewsOf.Run(NewsKind.Ready, occurrence, schedule, occurrence.Reason), cancel);
        return await occurrences.ReleaseAsync(occurrence.Id, cancel);
    }

    private async Task<bool> SettleNextAsync(List<Guid> broken, CancellationToken cancel)
    {
        await using var session = await SettlingSession.OpenAsync(database, cancel);
        if (await session.TakeEndedAsync(broken, cancel) is not var (occurrence, ended))
        {
            return false;
        }

        try
        {
            var schedule = (await schedules.FindAsync(occurrence.ScheduleId, cancel))!;
            await SettleAsync(session, occurrence, ended, schedule, cancel);
            await session.CommitAsync(cancel);
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            // The next round tries it again; the others do not wait for it.
            broken.Add(occurrence.Id);
            LogNotSettled(logger, fault, occurrence.Id);
        }

        return true;
    }

    private Task SettleAsync(SettlingSession session, Occurrence occurrence, EndedRun ended, Schedule schedule, CancellationToken cancel) => (occurrence.Status, ended.ExportStatus) switch
    {
        (OccurrenceStatus.Held, _) =>
            session.SettleAsync(occurrence, OccurrenceStatus.Dropped, Text.Of("Nobody decided on it before its file expired.") + "\n" + occurrence.Reason, cancel),
        (_, ExportStatus.Failed) => FailAsync(session, occurrence, schedule, ended.ErrorMessage ?? Text.Of("The export failed."), counts: true, cancel),
        (_, ExportStatus.Canceled) => FailAsync(session, occurrence, schedule, Text.Of("The export was canceled."), counts: false, cancel),
        _ => JudgeAsync(session, occurrence, ended, schedule, cancel),
    };

    private async Task JudgeAsync(SettlingSession session, Occurrence occurrence, EndedRun ended, Schedule schedule, CancellationToken cancel)
    {
        var (before, latest) = await session.BeforeAsync(occurrence, cancel);
        var remarks = GuardRule.Judge(schedule.Guard, ended.Figures, before, changed: latest < schedule.ChangedAt);
        var reason = remarks.Count == 0 ? null : string.Join('\n', remarks);
        var isHeld = reason is not null && schedule.Guard.Hold;
        await tell(NewsOf.Run(isHeld ? NewsKind.Held : NewsKind.Ready, occurrence, schedule, reason), cancel);
        await session.SettleAsync(occurrence, isHeld ? OccurrenceStatus.Held : OccurrenceStatus.Completed, reason, cancel);
    }

    /// <param name="counts">Whether it is one of those after which the schedule is paused.</param>
    private async Task FailAsync(SettlingSession session, Occurrence occurrence, Schedule schedule, string reason, bool counts, CancellationToken cancel)
    {
        await tell(NewsOf.Run(NewsKind.Failed, occurrence, schedule, reason), cancel);
        await session.SettleAsync(occurrence, OccurrenceStatus.Failed, reason, cancel);
        if (!counts || await session.CountFailureAsync(schedule.Id, cancel) is var failures && failures < schedule.Guard.PauseAfter)
        {
            return;
        }

        var why = Text.Of("{0} runs in a row failed, the last because: {1}", failures, reason);
        if (await session.PauseAsync(schedule.Id, why, cancel))
        {
            await tell(NewsOf.Schedule(NewsKind.Paused, schedule, $"paused:{occurrence.Id}", why) with { OccurrenceId = occurrence.Id, DueAt = occurrence.DueAt }, cancel);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Occurrence {OccurrenceId} has ended and could not be settled; it is tried again")]
    private static partial void LogNotSettled(ILogger logger, Exception fault, Guid occurrenceId);
}
