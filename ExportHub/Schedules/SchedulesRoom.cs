using ExportHub.Notifications;

namespace ExportHub.Schedules;

/// <summary>What is asked for again and again: templates, and schedules that ask by themselves.</summary>
internal static class SchedulesRoom
{
    public static void AddSchedules(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<SchedulesOptions>().BindConfiguration("Schedules").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<TemplateStore>().AddSingleton<PermittedTemplates>().AddSingleton<SaveTemplate>();
        services.AddSingleton<ScheduleStore>().AddSingleton<OccurrenceStore>().AddSingleton<StartStore>();
        services.AddSingleton<PermittedSchedules>().AddSingleton<ScheduleCheck>().AddSingleton<SaveSchedule>().AddSingleton<ForeseeRuns>().AddSingleton<RunSchedule>();
        services.AddSingleton<FireSchedules>().AddSingleton<StartRuns>().AddSingleton<SettleRuns>();
        services.AddSingleton<TellNews>(provider => provider.GetRequiredService<Announcements>().TellAsync);
        services.AddSingleton<ScheduleTick>(provider => provider.GetRequiredService<FireSchedules>().RunAsync);
        services.AddHostedService<WatchSchedules>();
    }
}
