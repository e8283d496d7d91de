using ExportHub.Exports;
using Hangfire;

namespace ExportHub.Jobs.Hangfire;

internal sealed class HangfireJobEngine(JobStorage storage, TimeProvider time) : IJobEngine
{
    public const string DashboardPath = "/hangfire";

    // Four heartbeats of Hangfire's default.
    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(2);

    public string Name => JobsOptions.Hangfire;

    public string? Dashboard => DashboardPath;

    /// <summary>An instance has a server for each lane; one of them is counted.</summary>
    public Task<IReadOnlyList<JobInstance>> InstancesAsync(CancellationToken cancel) => Task.Run<IReadOnlyList<JobInstance>>(
        () =>
        [
            .. from server in storage.GetMonitoringApi().Servers()
               where server.Queues.Contains(HangfireEngine.QueueOf(Lane.Interactive)) && server.Heartbeat is not null
               let seenAt = new DateTimeOffset(DateTime.SpecifyKind(server.Heartbeat!.Value, DateTimeKind.Utc))
               where time.GetUtcNow() - seenAt < Lately
               orderby server.Name
               select new JobInstance(server.Name.Split(':')[0], seenAt),
        ],
        cancel);
}
