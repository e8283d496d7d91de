using ExportHub.Database;
using ExportHub.Exports;
using Npgsql;
using Quartz;

namespace ExportHub.Jobs.Quartz;

/// <summary>Quartz.NET, clustered on PostgreSQL: any instance with a free worker fires what any instance stored.</summary>
internal static class QuartzEngine
{
    public const string SchedulerName = "ExportHub";

    /// <param name="works">Without it jobs are stored here and fired by others: the scheduler is there and never starts.</param>
    public static void AddQuartzEngine(this IHostApplicationBuilder builder, bool works)
    {
        var options = ExportsOptions.Read(builder.Configuration);
        builder.Services.AddQuartz(quartz => Configure(quartz, options));
        builder.Services.AddSingleton<IExportQueue, QuartzExportQueue>().AddSingleton<IJobEngine, QuartzJobEngine>();
        builder.Services.AddQuartzHostedService(hosting => (hosting.WaitForJobsToComplete, hosting.AutoStart) = (true, works));
        builder.Services.AddHostedService<QuartzTick>();
    }

    /// <summary>The execution group of a lane.</summary>
    public static string GroupOf(Lane lane) => lane == Lane.Bulk ? "bulk" : "interactive";

    private static void Configure(IQuartzBuilder quartz, ExportsOptions options)
    {
        quartz.ConfigureScheduler(scheduler =>
        {
            scheduler.InstanceName = SchedulerName;
            scheduler.GenerateInstanceId = true;
            scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always;

            // How long a job that another instance stored may wait for a free worker here.
            scheduler.IdleWaitTime = TimeSpan.FromSeconds(1);
        });
        quartz.UseDefaultThreadPool(options.Workers + options.BulkWorkers + 1);
        quartz.UseExecutionLimits(limits => limits
            .ForGroup(GroupOf(Lane.Interactive), options.Workers)
            .ForGroup(GroupOf(Lane.Bulk), options.BulkWorkers)
            .ForGroup(QuartzTick.Group, 1));
        quartz.UsePersistentStore(store =>
        {
            store.UsePostgres(database => database.DataSourceFactory =
                services => NpgsqlDataSource.Create(services.GetRequiredService<EngineDatabase>().ConnectionString));
            store.ConfigureStore(options =>
            {
                options.TablePrefix = "quartz.qrtz_";
                options.StoreJobDataAsStrings = true;
            });
            store.UseClustering();
            store.UseExecutionHistory();
            store.ProvisionSchema();
        });
    }
}
