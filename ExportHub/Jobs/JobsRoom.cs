using ExportHub.Exports;
#if HANGFIRE
using ExportHub.Jobs.Hangfire;
#endif
using ExportHub.Jobs.Quartz;

namespace ExportHub.Jobs;

/// <summary>The only room that knows a job engine. Both engines do no more than call <see cref="Exports.ExportRun"/> with an id.</summary>
internal static class JobsRoom
{
    /// <summary>
    /// What running exports get to give themselves back when the program is told to stop. The host waits a little longer than the engine,
    /// and whoever runs the program, which usually kills it after 30 seconds, longer than the host.
    /// </summary>
    public static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(7);

    public static readonly TimeSpan HostStopLimit = TimeSpan.FromSeconds(9);

    public static void AddJobs(this IHostApplicationBuilder builder)
    {
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = HostStopLimit);
        var engine = ChosenEngine(builder.Configuration);
        var works = InstanceOptions.RoleOf(builder.Configuration) != InstanceRole.Web;
#if HANGFIRE
        if (engine == JobsOptions.Hangfire)
        {
            builder.AddHangfireEngine(works);
            return;
        }
#endif
        builder.AddQuartzEngine(works);
    }

    /// <summary>The dashboard, when the engine has one.</summary>
    public static void MapJobs(this WebApplication app)
    {
        var engine = ChosenEngine(app.Configuration);
        Log.Engine(app.Logger, engine);
#if HANGFIRE
        if (engine == JobsOptions.Hangfire)
        {
            app.Use(DashboardAudit.KeepAsync);
            app.MapHangfireDashboard();
        }
#endif
    }

    private static string ChosenEngine(IConfiguration configuration)
    {
        var asked = configuration.GetSection("Jobs").Get<JobsOptions>()?.Engine ?? new JobsOptions().Engine;
        return JobsOptions.Compiled.FirstOrDefault(engine => engine.Equals(asked, StringComparison.OrdinalIgnoreCase))
            ?? throw new InvalidOperationException($"Jobs:Engine is '{asked}', but this build has {string.Join(" and ", JobsOptions.Compiled)} only.");
    }
}

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Job engine: {Engine}")]
    public static partial void Engine(ILogger logger, string engine);
}
