using ExportHub.Exports;
using ExportHub.Schedules;
using Hangfire;
using Hangfire.States;
using Hangfire.Storage;

namespace ExportHub.Jobs.Hangfire;

/// <summary>Has schedules looked after every minute, by one instance; told again, also by others, it is the same.</summary>
internal sealed class HangfireTick(IRecurringJobManager jobs) : IHostedService
{
    public const string Id = "schedules";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        jobs.AddOrUpdate<HangfireTickJob>(Id, HangfireEngine.FirstQueueOf(Lane.Interactive), job => job.RunAsync(CancellationToken.None), Cron.Minutely());
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>The next minute is the retry.</summary>
[AutomaticRetry(Attempts = 0)]
[ForgottenSoon]
internal sealed class HangfireTickJob(ScheduleTick tick)
{
    /// <param name="stopping">Hangfire puts its own token here; it fires when the server stops.</param>
    public Task RunAsync(CancellationToken stopping) => tick(stopping);
}

/// <summary>Keeps what succeeds every minute from filling the dashboard for a day.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ForgottenSoonAttribute : global::Hangfire.Common.JobFilterAttribute, IApplyStateFilter
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    public void OnStateApplied(ApplyStateContext context, IWriteOnlyTransaction transaction)
    {
        if (context.NewState is SucceededState)
        {
            context.JobExpirationTimeout = Kept;
        }
    }

    public void OnStateUnapplied(ApplyStateContext context, IWriteOnlyTransaction transaction)
    {
        // Only its end matters.
    }
}
