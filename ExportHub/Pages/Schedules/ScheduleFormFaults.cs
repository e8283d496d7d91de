using ExportHub.Language;
using ExportHub.Pages.Request;
using ExportHub.Schedules;

namespace ExportHub.Pages.Schedules;

/// <summary>Why a schedule was not saved, beside the fields of the form.</summary>
internal static class ScheduleFormFaults
{
    /// <summary>The keys of the checks and the ids of the fields, from the top of the page to its bottom.</summary>
    private static readonly (string Key, string Field)[] Down =
    [
        ("name", "name"), ("dateRange", "period"), ("dateRange.column", "period"), ("dateRange.from", "period"), ("dateRange.to", "period"), ("dateRange.relative", "period"),
        ("format", "format"), ("timing", "kind"), ("timing.weekdays", "weekdays"), ("timing.day", "day"), ("timing.hours", "hours"), ("timing.cron", "cron"), ("timing.at", "at"),
        ("timeZone", "time-zone"), ("delivery.mailTo", "mail-to"), ("delivery.targets", "targets"), ("missed", "missed"), ("guard.factor", "factor"),
        ("guard.pauseAfter", "pause-after"), ("keepDays", "keep-days"),
    ];

    /// <summary>In the order of the page; what belongs to no field comes first.</summary>
    public static IReadOnlyList<FormError> Of(ScheduleOutcome? refusal) => refusal switch
    {
        ScheduleOutcome.Rejected rejected => [.. rejected.Errors.OrderBy(error => Place(error.Key)).SelectMany(error => error.Value.Select(message => Of(error.Key, message))).Distinct()],
        ScheduleOutcome.NotPermitted refused => [new FormError(null, refused.Message)],
        ScheduleOutcome.Unknown => [new FormError(null, Text.Of("This schedule was deleted or is no longer yours, so nothing was saved."))],
        _ => [],
    };

    private static FormError Of(string key, string message) => Place(key) is >= 0 and var place ? new FormError(Down[place].Field, message) : new FormError("what", message);

    private static int Place(string key) => Array.FindIndex(Down, known => known.Key == key);
}
