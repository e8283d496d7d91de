using ExportHub.Access;
using ExportHub.Notifications;
using ExportHub.Pages.Words;
using ExportHub.Schedules;

namespace ExportHub.Pages.Schedules;

/// <summary>What the parts of the page of a schedule are drawn from.</summary>
public sealed class ScheduleView
{
    /// <summary>How many runs a page of the list has.</summary>
    internal const int Page = 20;

    internal ScheduleView(Schedule schedule, Viewer viewer) => (Schedule, Viewer) = (schedule, viewer);

    internal Schedule Schedule { get; }

    internal Viewer Viewer { get; }

    /// <summary>The dataset by its title; by its name where the viewer does not see it.</summary>
    internal string Dataset { get; init; } = "";

    /// <summary>What it exports, in words; empty where the dataset cannot be asked for it as it stands.</summary>
    internal IReadOnlyList<string> Phrases { get; init; } = [];

    /// <summary>The last due first.</summary>
    internal IReadOnlyList<ScheduleRun> Runs { get; init; } = [];

    /// <summary>The next ones; those that it would have while it is paused.</summary>
    internal IReadOnlyList<PlannedRun> Next { get; init; } = [];

    /// <summary>The days that a run now is about; null without a relative range.</summary>
    internal string? PeriodNow { get; init; }

    /// <summary>By the run that they are of.</summary>
    internal ILookup<Guid?, DeliveryRecord> Deliveries { get; init; } = Enumerable.Empty<DeliveryRecord>().ToLookup(delivery => delivery.OccurrenceId);

    /// <summary>The span of days that somebody wants runs of; null unless asked.</summary>
    internal PastSpan? Past { get; init; }

    internal string Name => PlainText.Of(Schedule.Name);

    internal string Address => $"/schedules/{Schedule.Id}";

    internal bool IsPaused => Schedule.PausedAt is not null;

    internal bool IsAdministrator => Viewer.SeesAll;

    /// <summary>Where the list goes on; null on its last page.</summary>
    internal DateTimeOffset? Earlier => Runs.Count == Page ? Runs[^1].Occurrence.DueAt : null;
}

/// <param name="To">The last day.</param>
/// <param name="Runs">How many times the schedule, as it is now, was due in them; null where that cannot be told.</param>
internal sealed record PastSpan(DateOnly From, DateOnly To, int? Runs);
