namespace ExportHub.Schedules;

/// <summary>What is asked for again and again: templates.</summary>
internal static class SchedulesRoom
{
    public static void AddSchedules(this IHostApplicationBuilder builder) =>
        builder.Services.AddSingleton<TemplateStore>().AddSingleton<PermittedTemplates>().AddSingleton<SaveTemplate>();
}
