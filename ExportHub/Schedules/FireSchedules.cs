using System.Globalization;
using Dapper;
using ExportHub.Database;
using ExportHub.Language;
using ExportHub.Notifications;
using Microsoft.Extensions.Options;

namespace ExportHub.Schedules;

/// <summary>What an engine calls every minute: <see cref="FireSchedules.RunAsync"/>, as a seam so that engines can be tested without schedules.</summary>
internal delegate Task ScheduleTick(CancellationToken stopping);

/// <summary>
/// Makes occurrences of what is due and has them run. The engine is only the alarm clock: what is due is decided by rows and the clock of the database, so any number of instances
/// may do this at once, and a call too many is harmless.
/// </summary>
internal sealed partial class FireSchedules(
    AppDatabase database, StartRuns starts, TellNews tell, IOptions<SchedulesOptions> options, ILogger<FireSchedules> logger)
{
    /// <summary>An engine that rings every minute has forgotten what waits longer.</summary>
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(2);

    /// <summary>Returns when nothing is due any more. A schedule that cannot be fired stops no other.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        // What is stored is English, whoever reads it.
        CultureInfo.CurrentUICulture = Text.Languages[0];
        await FireAsync(cancel);
        await starts.RunAsync(cancel);
    }

    /// <summary>Whether something is due that an engine would have begun long ago.</summary>
    public async Task<bool> IsForgottenAsync(CancellationToken cancel)
    {
        const string Sql = """
            SELECT EXISTS (SELECT FROM exporthub.schedule WHERE next_at < now() - @Forgotten)
                OR EXISTS (SELECT FROM exporthub.occurrence WHERE status = 'waiting' AND try_at < now() - @Forgotten)
            """;
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(Sql, new { Forgotten }, cancellationToken: cancel));
    }

    /// <summary>Makes the occurrences of all that is due, and starts none.</summary>
    internal async Task FireAsync(CancellationToken cancel)
    {
        var broken = new List<Guid>();
        while (await FiringSession.TryTakeAsync(database, broken, cancel) is { } session)
        {
            await using (session)
            {
                try
                {
                    await FireAsync(session, cancel);
                }
                catch (Exception fault) when (!cancel.IsCancellationRequested)
                {
                    // The next round tries it again; the others do not wait for it.
                    broken.Add(session.Due.Id);
                    LogBroken(logger, fault, session.Due.Id);
                }
            }
        }
    }

    private async Task FireAsync(FiringSession session, CancellationToken cancel)
    {
        var schedule = await session.ReadAsync(cancel);
        if (SaveSchedule.TimetableOf(schedule) is not { } timetable)
        {
            await GiveUpAsync(session, schedule, cancel);
            return;
        }

        // What was computed before is due also where the rules of the zone have changed since: once at the wrong hour is better than not at all.
        List<DateTimeOffset> due = [session.Due.NextAt, .. timetable.After(session.Due.NextAt).TakeWhile(at => at <= session.Due.Now)];
        var runs = MissedRule.Of(due, schedule.Missed, session.Due.Now, options.Value.MissedAfter);
        await session.AddAsync(runs, cancel);
        await TellMissedAsync(schedule, runs, cancel);
        await session.CommitAsync(timetable.Next(session.Due.Now), cancel);
    }

    private async Task GiveUpAsync(FiringSession session, Schedule schedule, CancellationToken cancel)
    {
        var reason = Text.Of("The time zone {0} is not known here any more. Choose another one first.", schedule.TimeZone);
        await tell(NewsOf.Schedule(NewsKind.Paused, schedule, $"unknown-zone:{session.Due.NextAt.UtcTicks}", reason) with { DueAt = session.Due.NextAt }, cancel);
        await session.PauseAsync(reason, cancel);
    }

    /// <summary>Of all that was skipped at once there are one news.</summary>
    private async Task TellMissedAsync(Schedule schedule, IReadOnlyList<DueRun> runs, CancellationToken cancel)
    {
        var skipped = runs.Where(run => run.Skipped is not null).ToList();
        if (skipped.Count > 0)
        {
            var reason = skipped.Count == 1 ? skipped[0].Skipped! : Text.Of("{0:N0} runs were missed. {1}", skipped.Count, skipped[0].Skipped);
            await tell(NewsOf.Schedule(NewsKind.Missed, schedule, $"missed:{skipped[0].DueAt.UtcTicks}", reason) with { DueAt = skipped[0].DueAt }, cancel);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Schedule {ScheduleId} is due and could not be fired")]
    private static partial void LogBroken(ILogger logger, Exception fault, Guid scheduleId);
}
