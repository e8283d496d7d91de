namespace ExportHub.Schedules;

/// <summary>What became of a change to a schedule.</summary>
internal abstract record ScheduleOutcome
{
    internal sealed record Saved(Guid Id) : ScheduleOutcome;

    /// <summary>
    /// Field by field, what is wrong: `name`, `timing.at`, `timing.cron` and so on, `timeZone`, `missed`, `guard.factor`, `delivery.mailTo`, `delivery.targets`, `keepDays`, and those of the request
    /// as POST /api/exports names them.
    /// </summary>
    internal sealed record Rejected(IReadOnlyDictionary<string, string[]> Errors) : ScheduleOutcome;

    /// <summary>The person may see it, but not do this; the sentence says why.</summary>
    internal sealed record NotPermitted(string Message) : ScheduleOutcome;

    /// <summary>There is none that the person may see.</summary>
    internal sealed record Unknown : ScheduleOutcome;
}
