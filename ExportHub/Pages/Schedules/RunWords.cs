using ExportHub.Language;
using ExportHub.Pages.Words;
using ExportHub.Schedules;

namespace ExportHub.Pages.Schedules;

/// <summary>What people read of a run of a schedule.</summary>
internal static class RunWords
{
    public static string Name(OccurrenceStatus status) => status switch
    {
        OccurrenceStatus.Waiting => Text.Of("Waiting"),
        OccurrenceStatus.Running => Text.Of("Running"),
        OccurrenceStatus.Completed => Text.Of("Ready"),
        OccurrenceStatus.Held => Text.Of("Held"),
        OccurrenceStatus.Dropped => Text.Of("Not delivered"),
        OccurrenceStatus.Failed => Text.Of("Failed"),
        OccurrenceStatus.Skipped => Text.Of("Missed"),
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, message: null),
    };

    /// <summary>The word that the stylesheet knows the badge's look by.</summary>
    public static string Look(OccurrenceStatus status) => status switch
    {
        OccurrenceStatus.Waiting => "queued",
        OccurrenceStatus.Dropped => "canceled",
        OccurrenceStatus.Skipped => "expired",
        _ => status.ToString().ToLowerInvariant(),
    };

    /// <summary>Why it was made where the plan did not make it; null where that did.</summary>
    public static string? Origin(Occurrence occurrence) => occurrence.Origin switch
    {
        OccurrenceOrigin.Now => Text.Of("Started by {0}", occurrence.AskedBy),
        OccurrenceOrigin.Backfill => Text.Of("Made up for by {0}", occurrence.AskedBy),
        _ => null,
    };

    /// <summary>The sentences of its reason.</summary>
    public static IEnumerable<string> Reasons(Occurrence occurrence) =>
        (occurrence.Reason ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => PlainText.Of(Text.Recall(line)));

    /// <summary>"1 Oct – 31 Oct 2026"; null without a relative range.</summary>
    public static string? Period((DateOnly From, DateOnly To)? period) => period is var (from, to) ? RelativeRanges.Days(from, to.AddDays(-1)) : null;

    /// <summary>The days that a run due at an instant is about.</summary>
    public static string? Period(Schedule schedule, DateTimeOffset due) => Period(ForeseeRuns.PeriodOf(schedule.Request, schedule.TimeZone, due));
}
