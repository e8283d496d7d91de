using ExportHub.Jobs.Quartz;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Quartz;
using Quartz.Extensibility;

namespace ExportHub.Tests.Jobs.Quartz;

public sealed class QuartzExportQueueTests(TestDatabase database) : ExportQueueContract(database)
{
    private protected override void AddEngine(IHostApplicationBuilder builder) => builder.AddQuartzEngine(works: true);

    private protected override async Task<IReadOnlyList<string>> FailuresAsync(IServiceProvider services)
    {
        var history = services.GetRequiredService<IExecutionHistoryStore>();
        var failed = await history.QueryExecutions(new ExecutionHistoryQuery { SchedulerName = QuartzEngine.SchedulerName, Results = [JobRunResult.Failed] }, default);
        return [.. failed.Items.Select(entry => entry.ExceptionMessage ?? "")];
    }

    private protected override async Task<IReadOnlyList<DateTimeOffset>> TicksAsync(IServiceProvider services)
    {
        var scheduler = await services.GetRequiredService<ISchedulerFactory>().GetScheduler();
        return [.. (await scheduler.GetTriggersOfJob(QuartzTick.Job)).Select(trigger => trigger.NextFireTimeUtc!.Value)];
    }

    private protected override async Task TickAsync(IServiceProvider services)
    {
        var scheduler = await services.GetRequiredService<ISchedulerFactory>().GetScheduler();
        await scheduler.TriggerJob(QuartzTick.Job);
    }
}
