using ExportHub.Database;
using ExportHub.Exports;
using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;

namespace ExportHub.Jobs.Hangfire;

/// <summary>Hangfire on PostgreSQL, with the settings that were found to matter for long jobs.</summary>
internal static class HangfireEngine
{
    /// <summary>Hangfire takes queues in alphabetical order.</summary>
    public const string Queue = "a-interactive";

    /// <summary>
    /// Sliding, because otherwise a job longer than this timeout starts twice; long polling, because otherwise a job waits for the poll;
    /// the poll interval is what is left when a listening connection breaks.
    /// </summary>
    public static PostgreSqlStorageOptions StorageOptions => new()
    {
        SchemaName = "hangfire",
        UseSlidingInvisibilityTimeout = true,
        InvisibilityTimeout = TimeSpan.FromMinutes(1),
        EnableLongPolling = true,
        QueuePollInterval = TimeSpan.FromSeconds(3),
        DistributedLockTimeout = TimeSpan.FromMinutes(1),
    };

    public static void AddHangfireEngine(this IHostApplicationBuilder builder)
    {
        var workers = ExportsOptions.ReadWorkers(builder.Configuration);
        builder.Services.AddSingleton<JobStorage>(services => new PostgreSqlStorage(
            new NpgsqlConnectionFactory(services.GetRequiredService<EngineDatabase>().ConnectionString, StorageOptions), StorageOptions));
        builder.Services.AddHangfire(hangfire => hangfire
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings());
        builder.Services.AddHangfireServer((services, server) =>
        {
            // Without this, Hangfire takes what the last host of the process left in a static field.
            server.Activator = new AspNetCoreJobActivator(services.GetRequiredService<IServiceScopeFactory>());
            server.WorkerCount = workers;
            server.Queues = [Queue];
            server.SchedulePollingInterval = TimeSpan.FromSeconds(1);
            server.ShutdownTimeout = TimeSpan.FromSeconds(10);
        });
        builder.Services.AddSingleton<IExportQueue, HangfireExportQueue>();
    }

    public static void MapHangfireDashboard(this WebApplication app) => app.MapHangfireDashboard("/hangfire", new DashboardOptions
    {
        DashboardTitle = "ExportHub jobs",
        AppPath = "/",
        DisplayStorageConnectionString = false,
        Authorization = [new LocalRequestsOnly()],
    });
}
