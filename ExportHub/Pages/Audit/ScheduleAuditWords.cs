using ExportHub.Access;
using ExportHub.Language;

namespace ExportHub.Pages.Audit;

/// <summary>The audit of schedules in sentences.</summary>
internal static class ScheduleAuditWords
{
    /// <summary>Null for what is no act on a schedule.</summary>
    public static string? Of(AuditEntry entry) => entry.Act switch
    {
        "schedule_made" => Text.Of("{0} made the schedule {1} for {2}", Who(entry), Named(entry), Dataset(entry)),
        "schedule_changed" => Text.Of("{0} changed the schedule {1} for {2}", Who(entry), Named(entry), Dataset(entry)),
        "schedule_paused" => Text.Of("{0} paused the schedule {1} for {2}", Who(entry), Named(entry), Dataset(entry)),
        "schedule_resumed" => Text.Of("{0} resumed the schedule {1} for {2}", Who(entry), Named(entry), Dataset(entry)),
        "schedule_deleted" => Text.Of("{0} deleted the schedule {1} for {2}", Who(entry), Named(entry), Dataset(entry)),
        "schedule_taken_over" => Text.Of("{0} gave the schedule {1} of {2} to {3}", Who(entry), Named(entry), AuditWords.Detail(entry, "before"), entry.Subject),
        "schedule_run" => Text.Of("{0} had the schedule {1} for {2} run", Who(entry), Named(entry), Dataset(entry)),
        "occurrence_delivered" => Text.Of("{0} delivered a held run of the schedule {1} for {2}", Who(entry), Named(entry), Dataset(entry)),
        "occurrence_dropped" => Text.Of("{0} did not deliver a held run of the schedule {1} for {2}", Who(entry), Named(entry), Dataset(entry)),
        _ => null,
    };

    private static string Who(AuditEntry entry) => AuditWords.Who(entry);

    private static string Named(AuditEntry entry) => AuditWords.Named(entry);

    private static string Dataset(AuditEntry entry) => AuditWords.Export(entry);
}
