using ExportHub.Access;
using ExportHub.Exports;
using ExportHub.Notifications;
using ExportHub.Schedules;

namespace ExportHub.Api;

/// <summary>A schedule as programs read it; what of it can be changed has the names that POST and PUT take.</summary>
/// <param name="Words">When it is due.</param>
/// <param name="NextAt">With the offset of its zone; null while it is paused.</param>
/// <param name="PausedBy">Null too when ExportHub itself paused it.</param>
/// <param name="Failures">Failed runs since the last that did not fail.</param>
internal sealed record ScheduleDocument(
    Guid Id, string Name, string Owner, ExportRequest Request, Guid? TemplateId, int? TemplateVersion, Timing Timing, string TimeZone, string Words, MissedRuns Missed, RunGuard Guard,
    Delivery Delivery, int? KeepDays, DateTimeOffset? NextAt, DateTimeOffset? PausedAt, string? PausedBy, string? PausedReason, int Failures, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt)
{
    public static ScheduleDocument Of(Schedule schedule) => new(
        schedule.Id, schedule.Name, schedule.Owner, schedule.Request, schedule.TemplateId, schedule.TemplateVersion, schedule.Timing, schedule.TimeZone,
        TimingWords.Of(schedule.Timing, schedule.TimeZone), schedule.Missed, schedule.Guard, schedule.Delivery, (int?)schedule.Retention?.TotalDays,
        schedule.NextAt is { } next ? ForeseeRuns.Local(next, schedule.TimeZone) : null, schedule.PausedAt, schedule.PausedBy, schedule.PausedReason, schedule.Failures,
        schedule.CreatedAt, schedule.ChangedAt);
}

internal sealed record ScheduleList(IReadOnlyList<ScheduleDocument> Items);

/// <param name="Words">When it is due.</param>
internal sealed record SchedulePreview(string Words, IReadOnlyList<PlannedRunDocument> Runs);

/// <param name="At">With the offset of the zone.</param>
/// <param name="From">First day of the relative range then; null without one.</param>
/// <param name="To">First day after it.</param>
/// <param name="ClockNote">What a clock change on that day means; null without one.</param>
internal sealed record PlannedRunDocument(DateTimeOffset At, DateTimeOffset Utc, DateOnly? From, DateOnly? To, string? ClockNote)
{
    public static PlannedRunDocument Of(PlannedRun run) => new(run.At, run.At.ToUniversalTime(), run.From, run.To, run.ClockNote);
}

/// <summary>One run that was due.</summary>
/// <param name="DueAt">With the offset of the schedule's zone.</param>
/// <param name="From">First day of the relative range, as the schedule has it now; null without one.</param>
/// <param name="To">First day after it.</param>
/// <param name="Export">The address of its status document; null before there is an export.</param>
internal sealed record RunDocument(
    Guid Id, DateTimeOffset DueAt, OccurrenceOrigin Origin, OccurrenceStatus Status, string? AskedBy, string? Reason, DateOnly? From, DateOnly? To, string? Export, long? Rows, long? Bytes,
    DateTimeOffset? SettledAt)
{
    public static RunDocument Of(Occurrence occurrence, Schedule schedule, ScheduleRun? run = null)
    {
        var period = ForeseeRuns.PeriodOf(schedule.Request, schedule.TimeZone, occurrence.DueAt);
        return new RunDocument(
            occurrence.Id, ForeseeRuns.Local(occurrence.DueAt, schedule.TimeZone), occurrence.Origin, occurrence.Status, occurrence.AskedBy, occurrence.Reason, period?.From, period?.To,
            occurrence.ExportId is { } export ? $"/api/exports/{export}" : null, run?.Rows, run?.Bytes, occurrence.SettledAt);
    }
}

/// <param name="Next">The address of the runs before these; null at the end.</param>
internal sealed record RunList(IReadOnlyList<RunDocument> Items, string? Next);

internal sealed record PauseBody(string? Reason = null);

/// <param name="From">The first day, in the zone of the schedule.</param>
/// <param name="To">The last day.</param>
internal sealed record BackfillBody(DateOnly? From = null, DateOnly? To = null);

internal sealed record BackfillAnswer(int Runs);

internal sealed record OwnerBody(string? Owner = null);
