using ExportHub.Exports;
using Quartz;

namespace ExportHub.Jobs.Quartz;

/// <summary>One job and one trigger for each call, so that telling twice is two calls and never a clash.</summary>
internal sealed class QuartzExportQueue(ISchedulerFactory schedulers, TimeProvider time) : IExportQueue
{
    /// <summary>Quartz takes what is due longest; nothing else is due this long.</summary>
    private static readonly TimeSpan LongAgo = TimeSpan.FromDays(-3650);

    public Task EnqueueAsync(Guid exportId, Lane lane, TimeSpan delay, CancellationToken cancel) => ScheduleAsync(exportId, lane, delay, cancel);

    public Task EnqueueFirstAsync(Guid exportId, Lane lane, CancellationToken cancel) => ScheduleAsync(exportId, lane, LongAgo, cancel);

    private async Task ScheduleAsync(Guid exportId, Lane lane, TimeSpan delay, CancellationToken cancel)
    {
        var name = $"{exportId}/{Guid.NewGuid():N}";
        var job = JobBuilder.Create<QuartzExportJob>()
            .WithIdentity(name, QuartzExportJob.Group)
            .UsingJobData(QuartzExportJob.ExportId, exportId.ToString())
            .Build();
        var trigger = TriggerBuilder.Create(time).WithIdentity(name, QuartzExportJob.Group).StartAt(time.GetUtcNow() + delay)
            .WithExecutionGroup(QuartzEngine.GroupOf(lane))
            // To wait for a worker is no misfire: that would make what waits longest due now and so put it last.
            .WithSimpleSchedule(once => once.WithMisfireInstruction(SimpleTriggerMisfireInstruction.IgnoreMisfires))
            .Build();
        var scheduler = await schedulers.GetScheduler(cancel);
        await scheduler.ScheduleJob(job, trigger, cancellationToken: cancel);
    }
}

/// <summary>A failed export is a failed run in Quartz's execution history, with its exception.</summary>
internal sealed class QuartzExportJob(ExportRun run) : IJob
{
    public const string Group = "exports";
    public const string ExportId = "exportId";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await run(Guid.Parse(context.MergedJobDataMap.GetString(ExportId)!), cancellationToken);
}
