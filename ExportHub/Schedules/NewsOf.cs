using ExportHub.Notifications;

namespace ExportHub.Schedules;

/// <summary>What news are told by: <see cref="Announcements.TellAsync"/>, as a seam so that schedules can be tested without mail.</summary>
internal delegate Task TellNews(News news, CancellationToken cancel);

/// <summary>What is told about schedules and their runs. The keys make it safe to tell before the row says so: told again is told once.</summary>
internal static class NewsOf
{
    public static News Run(NewsKind kind, Occurrence occurrence, Schedule schedule, string? reason) =>
        Of(kind, $"occurrence:{occurrence.Id}:{ScheduleColumns.Name(kind)}", schedule, reason) with
        {
            OccurrenceId = occurrence.Id, DueAt = occurrence.DueAt, ExportId = occurrence.ExportId,
        };

    /// <param name="what">What makes it one among the news of the schedule.</param>
    public static News Schedule(NewsKind kind, Schedule schedule, string what, string reason) => Of(kind, $"schedule:{schedule.Id}:{what}", schedule, reason);

    private static News Of(NewsKind kind, string key, Schedule schedule, string? reason) => new(kind, key, schedule.Owner, schedule.Name, $"/schedules/{schedule.Id}")
    {
        ScheduleId = schedule.Id, TimeZone = schedule.TimeZone, Reason = reason, Delivery = schedule.Delivery,
    };
}
