using Dapper;
using ExportHub.Database;
using ExportHub.Exports;

namespace ExportHub.Jobs.Quartz;

internal sealed class QuartzJobEngine(AppDatabase database) : IJobEngine
{
    static QuartzJobEngine() => ExportColumns.Register();

    public string Name => JobsOptions.Quartz;

    public string? Dashboard => null;

    /// <summary>From the table in which the instances of the cluster check in, every 7.5 seconds by default.</summary>
    public async Task<IReadOnlyList<JobInstance>> InstancesAsync(CancellationToken cancel)
    {
        // Quartz writes the time as ticks of .NET in UTC.
        const string Sql = """
            SELECT instance_name AS name, '0001-01-01T00:00:00Z'::timestamptz + last_checkin_time / 10 * interval '1 microsecond' AS seen_at
            FROM quartz.qrtz_scheduler_state
            WHERE sched_name = @SchedulerName
                AND '0001-01-01T00:00:00Z'::timestamptz + last_checkin_time / 10 * interval '1 microsecond' > now() - interval '1 minute'
            ORDER BY instance_name
            """;
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        return [.. await connection.QueryAsync<JobInstance>(new CommandDefinition(Sql, new { QuartzEngine.SchedulerName }, cancellationToken: cancel))];
    }
}
