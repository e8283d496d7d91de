using ExportHub.Jobs;

namespace ExportHub.Tests.Faults;

/// <summary>What the tests know of the tables of the engine that they run on.</summary>
internal static class EngineTables
{
    public static string NewJob => IsHangfire ? "INSERT ON hangfire.job" : "INSERT ON quartz.qrtz_job_details";

    public static string JobDone => IsHangfire ? "DELETE ON hangfire.jobqueue" : "DELETE ON quartz.qrtz_fired_triggers";

    private static string Tick => IsHangfire
        ? "DELETE FROM hangfire.set WHERE key = 'recurring-jobs'"
        : "DELETE FROM quartz.qrtz_cron_triggers WHERE trigger_group = 'schedules'; DELETE FROM quartz.qrtz_triggers WHERE trigger_group = 'schedules'";

    private static bool IsHangfire => (TestApp.Engine ?? JobsOptions.Compiled[0]) == JobsOptions.Hangfire;

    /// <summary>The engine no longer rings for schedules, which would come to the places where an export is waited for. Each process that starts has it ring again.</summary>
    public static Task StopTickAsync(FaultySite site) => site.Database.ExecuteAsync(Tick);

    /// <summary>Hangfire delivers again after a minute what a dead process took: now at once, and waits until it is done. Quartz delivers nothing again.</summary>
    public static async Task DeliverAgainAsync(FaultySite site)
    {
        if (IsHangfire)
        {
            await site.Database.ExecuteAsync("UPDATE hangfire.jobqueue SET fetchedat = NULL");
            await Until.TrueAsync(async () => await site.AskAsync<int>("SELECT count(*)::int FROM hangfire.jobqueue") == 0, "every job done");
        }
    }
}
