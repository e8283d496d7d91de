using ExportHub.Schedules;
using Quartz;

namespace ExportHub.Jobs.Quartz;

/// <summary>Has schedules looked after every minute, by one instance of the cluster; told again, also by others, it is the same.</summary>
internal sealed class QuartzTick(ISchedulerFactory schedulers) : IHostedService
{
    /// <summary>Also the execution group: exports that take all their workers leave it one.</summary>
    public const string Group = "schedules";

    public static readonly JobKey Job = new("tick", Group);

    private const string EveryMinute = "0 * * * * ?";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var job = JobBuilder.Create<QuartzTickJob>().WithIdentity(Job).Build();
        var trigger = TriggerBuilder.Create().WithIdentity(Job.Name, Group).WithExecutionGroup(Group)
            // Minutes that went by need no ring of their own: each ring looks after all that is due.
            .WithCronSchedule(EveryMinute, cron => cron.InTimeZone(TimeZoneInfo.Utc).WithMisfireInstruction(CronTriggerMisfireInstruction.DoNothing))
            .Build();
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        await scheduler.ScheduleJob(job, [trigger], ScheduleJobOptions.Replacing, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>The next minute is the retry.</summary>
[DisallowConcurrentExecution]
internal sealed class QuartzTickJob(ScheduleTick tick) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await tick(cancellationToken);
}
