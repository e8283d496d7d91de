using ExportHub.Exports;
using Quartz;

namespace ExportHub.Jobs.Quartz;

/// <summary>One job and one trigger for each call, so that telling twice is two calls and never a clash.</summary>
internal sealed class QuartzExportQueue(ISchedulerFactory schedulers, TimeProvider time) : IExportQueue
{
    public async Task EnqueueAsync(Guid exportId, Lane lane, TimeSpan delay, CancellationToken cancel)
    {
        var name = $"{exportId}/{Guid.NewGuid():N}";
        var job = JobBuilder.Create<QuartzExportJob>()
            .WithIdentity(name, QuartzExportJob.Group)
            .UsingJobData(QuartzExportJob.ExportId, exportId.ToString())
            .Build();
        var trigger = TriggerBuilder.Create(time).WithIdentity(name, QuartzExportJob.Group).StartAt(time.GetUtcNow() + delay)
            .WithExecutionGroup(QuartzEngine.GroupOf(lane)).Build();
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
