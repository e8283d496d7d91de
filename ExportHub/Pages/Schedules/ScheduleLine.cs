using ExportHub.Schedules;

namespace ExportHub.Pages.Schedules;

/// <summary>A line of the table of schedules.</summary>
public sealed class ScheduleLine
{
    private readonly string? title;

    internal ScheduleLine(Schedule schedule, string? title, IReadOnlyList<Occurrence> latest)
    {
        (Schedule, this.title) = (schedule, title);
        Last = latest.MaxBy(run => run.DueAt);
        Held = latest.Count(run => run.Status == OccurrenceStatus.Held);
    }

    internal Schedule Schedule { get; }

    /// <summary>The dataset by its title; by its name where the viewer does not see it.</summary>
    internal string Dataset => title ?? Schedule.Dataset;

    /// <summary>The run that was due last; null before the first.</summary>
    internal Occurrence? Last { get; }

    /// <summary>How many runs wait for a decision.</summary>
    internal int Held { get; }

    /// <summary>Whether somebody has to do something.</summary>
    internal bool IsTroubled => Held > 0 || Schedule.Failures > 0 || Last?.Status == OccurrenceStatus.Failed;
}
