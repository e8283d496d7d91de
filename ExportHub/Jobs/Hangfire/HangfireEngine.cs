using ExportHub.Access;
using ExportHub.Database;
using ExportHub.Exports;
using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.Dashboard;
using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;
using Npgsql;

namespace ExportHub.Jobs.Hangfire;

/// <summary>Hangfire on PostgreSQL, with the settings that were found to matter for long jobs.</summary>
internal static class HangfireEngine
{
    /// <summary>A server for each lane, so that a large export never stands in the way of small ones.</summary>
    private static readonly Lane[] Lanes = [Lane.Interactive, Lane.Bulk];

    /// <summary>By default a job speaks the language of the page that asked for it, and so would the file and what is stored. Once for the process: the list is not guarded.</summary>
    static HangfireEngine() => GlobalJobFilters.Filters.Remove<CaptureCultureAttribute>();

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
        // The storage is made before the embedded database runs, where the tries of the default wait 31 seconds; the first use prepares it.
        StartupConnectionMaxRetries = 1,
        StartupConnectionBaseDelay = TimeSpan.FromMilliseconds(1),
    };

    /// <param name="works">Without it jobs are stored here and fetched by the servers of others.</param>
    public static void AddHangfireEngine(this IHostApplicationBuilder builder, bool works)
    {
        var options = ExportsOptions.Read(builder.Configuration);
        builder.Services.AddSingleton<JobStorage>(services => new PostgreSqlStorage(
            new NpgsqlConnectionFactory(WithRoom(services.GetRequiredService<EngineDatabase>().ConnectionString, options), StorageOptions), StorageOptions));
        builder.Services.AddHangfire(hangfire => hangfire
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings());
        foreach (var lane in works ? Lanes : [])
        {
            builder.Services.AddHangfireServer((services, server) =>
            {
                // Without this, Hangfire takes what the last host of the process left in a static field.
                server.Activator = new AspNetCoreJobActivator(services.GetRequiredService<IServiceScopeFactory>());
                server.ServerName = $"{Environment.MachineName}:{QueueOf(lane)}";
                server.WorkerCount = options.WorkersOf(lane);
                server.Queues = [FirstQueueOf(lane), QueueOf(lane)];
                server.SchedulePollingInterval = TimeSpan.FromSeconds(1);
                server.ShutdownTimeout = JobsRoom.StopLimit;
            });
        }

        builder.Services.AddSingleton<IExportQueue, HangfireExportQueue>().AddSingleton<IJobEngine, HangfireJobEngine>();
        builder.Services.AddHostedService<HangfireTick>();
    }

    /// <summary>
    /// A worker keeps one connection that listens and takes another to work; a server's own tasks take one each. With fewer, workers fail that wait for one.
    /// </summary>
    public static string WithRoom(string connection, ExportsOptions options)
    {
        var room = new NpgsqlConnectionStringBuilder(connection);
        room.MaxPoolSize = Math.Max(room.MaxPoolSize, (2 * Lanes.Sum(options.WorkersOf)) + 10);
        return room.ConnectionString;
    }

    /// <summary>Hangfire takes queues in alphabetical order.</summary>
    public static string QueueOf(Lane lane) => lane == Lane.Bulk ? "z-bulk" : "a-interactive";

    /// <summary>Before <see cref="QueueOf"/> in the alphabet.</summary>
    public static string FirstQueueOf(Lane lane) => lane == Lane.Bulk ? "z-again" : "a-again";

    public static void MapHangfireDashboard(this WebApplication app) => app.MapHangfireDashboard(HangfireJobEngine.DashboardPath, new DashboardOptions
    {
        DashboardTitle = "ExportHub jobs",
        AppPath = "/",
        DisplayStorageConnectionString = false,
        Authorization = [new OperatorsOnly()],
        IsReadOnlyFunc = dashboard => !dashboard.GetHttpContext().User.IsInRole(Roles.Admin),
    });
}
