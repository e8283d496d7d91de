using System.Globalization;
using ExportHub.Access;
using ExportHub.Datasets;
using ExportHub.Exports;
using ExportHub.Language;
using ExportHub.Notifications;

namespace ExportHub.Schedules;

/// <summary>
/// Makes the export of an occurrence, under the rights that the owner has at this moment. A crash at any point repeats safely: an export knows its occurrence, so it is
/// made once.
/// </summary>
internal sealed partial class StartRuns(
    StartStore store, ScheduleStore schedules, Persons persons, RequestExport requests, SettleRuns settles, TellNews tell, ILogger<StartRuns> logger)
{
    /// <summary>The owner is told that it did not happen yet.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromHours(1);

    private static readonly TimeSpan GivenUp = TimeSpan.FromDays(1);

    /// <summary>All that wait.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        while (await store.TakeAsync(id: null, cancel) is { } waiting)
        {
            await StartAsync(waiting, cancel);
        }
    }

    /// <summary>The one that is named, if it waits.</summary>
    public async Task TryAsync(Guid id, CancellationToken cancel)
    {
        if (await store.TakeAsync(id, cancel) is { } waiting)
        {
            await StartAsync(waiting, cancel);
        }
    }

    private async Task StartAsync(WaitingRun waiting, CancellationToken cancel)
    {
        // What is stored is English, whoever reads it.
        CultureInfo.CurrentUICulture = Text.Languages[0];
        var occurrence = waiting.Occurrence;
        try
        {
            var schedule = await schedules.FindAsync(occurrence.ScheduleId, cancel);
            await (ReasonToSkip(occurrence, schedule!) is { } reason ? store.SkipAsync(occurrence.Id, reason, cancel) : StartAsync(waiting, schedule!, cancel));
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            // Whose turn it is next tries again; the others do not wait for it.
            LogNotStarted(logger, fault, occurrence.Id);
        }
    }

    private async Task StartAsync(WaitingRun waiting, Schedule schedule, CancellationToken cancel)
    {
        var occurrence = waiting.Occurrence;
        if (await persons.FindAsync(new Viewer(schedule.Owner, SeesAll: true), cancel) is not { } owner)
        {
            await settles.FailAsync(occurrence, schedule, Text.Of("The account of its owner {0} is disabled or gone, so it has no rights.", schedule.Owner), cancel);
            return;
        }

        if (CriteriaCheck.FindZone(schedule.TimeZone) is null)
        {
            await settles.FailAsync(occurrence, schedule, Text.Of("The time zone {0} is not known here any more. Choose another one first.", schedule.TimeZone), cancel);
            return;
        }

        var outcome = await requests.AcceptAsync(schedule.Request with { TimeZone = schedule.TimeZone }, AskingFor(occurrence, schedule, owner), cancel);
        await (outcome switch
        {
            RequestOutcome.Accepted accepted => store.StartedAsync(occurrence.Id, accepted.Export.Id, cancel),
            _ when WillPass(outcome) is { } reason => PostponeAsync(waiting, schedule, reason, cancel),
            _ => settles.FailAsync(occurrence, schedule, WillNotPass(outcome), cancel),
        });
    }

    private async Task PostponeAsync(WaitingRun waiting, Schedule schedule, string reason, CancellationToken cancel)
    {
        if (waiting.Age > GivenUp)
        {
            await settles.FailAsync(waiting.Occurrence, schedule, reason, cancel);
            return;
        }

        if (waiting.Age > Late)
        {
            await tell(NewsOf.Run(NewsKind.Missed, waiting.Occurrence, schedule, reason), cancel);
        }

        await store.PostponeAsync(waiting.Occurrence, reason, cancel);
    }

    private static Asking AskingFor(Occurrence occurrence, Schedule schedule, Person owner) =>
        new(new Viewer(owner.Name, owner.IsAdministrator), Insist: true, Template: schedule is { TemplateId: { } template, TemplateVersion: { } version } ? new FromTemplate(template, version) : null)
        {
            Occurrence = new ForOccurrence(occurrence.Id, occurrence.DueAt, schedule.Retention),
        };

    private static string? ReasonToSkip(Occurrence occurrence, Schedule schedule) => schedule switch
    {
        { IsDeleted: true } => Text.Of("The schedule was deleted before it ran."),
        { PausedAt: not null } when occurrence.Origin == OccurrenceOrigin.Planned => Text.Of("The schedule was paused before it ran."),
        _ => null,
    };

    /// <summary>Null for what will be no different later.</summary>
    private static string? WillPass(RequestOutcome outcome) => outcome switch
    {
        RequestOutcome.Paused => Text.Of("An administrator has paused new exports."),
        RequestOutcome.NoRoom room => room.Message,
        RequestOutcome.QuotaReached quota => quota.Message,
        RequestOutcome.SourceUnavailable => Text.Of("The database of this dataset does not answer."),
        _ => null,
    };

    private static string WillNotPass(RequestOutcome outcome) => outcome switch
    {
        RequestOutcome.NotPermitted refused => refused.Message,
        RequestOutcome.Rejected rejected => string.Join('\n', rejected.Errors.SelectMany(error => error.Value).Distinct().Take(3)),
        _ => Text.Of("The export was not accepted."),
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "Occurrence {OccurrenceId} could not be started; it is tried again")]
    private static partial void LogNotStarted(ILogger logger, Exception fault, Guid occurrenceId);
}
