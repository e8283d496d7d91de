using ExportHub.Exports;
using ExportHub.Jobs.Hangfire;
using Hangfire;
using Hangfire.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace ExportHub.Tests.Jobs.Hangfire;

public sealed class HangfireExportQueueTests(TestDatabase database) : ExportQueueContract(database)
{
    private protected override void AddEngine(IHostApplicationBuilder builder) => builder.AddHangfireEngine(works: true);

    private protected override Task<IReadOnlyList<string>> FailuresAsync(IServiceProvider services)
    {
        var failed = services.GetRequiredService<JobStorage>().GetMonitoringApi().FailedJobs(0, 100);
        return Task.FromResult<IReadOnlyList<string>>([.. failed.Select(job => job.Value.ExceptionMessage)]);
    }

    private protected override Task<IReadOnlyList<DateTimeOffset>> TicksAsync(IServiceProvider services)
    {
        using var connection = services.GetRequiredService<JobStorage>().GetConnection();
        return Task.FromResult<IReadOnlyList<DateTimeOffset>>([.. connection.GetRecurringJobs().Select(job => new DateTimeOffset(DateTime.SpecifyKind(job.NextExecution!.Value, DateTimeKind.Utc)))]);
    }

    private protected override Task TickAsync(IServiceProvider services)
    {
        services.GetRequiredService<IRecurringJobManager>().Trigger(HangfireTick.Id);
        return Task.CompletedTask;
    }
}

public sealed class HangfireSettingsTests
{
    [Fact]
    public void A_long_job_keeps_its_place()
    {
        Assert.True(HangfireEngine.StorageOptions.UseSlidingInvisibilityTimeout);
        Assert.InRange(HangfireEngine.StorageOptions.InvisibilityTimeout, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2));
    }

    [Theory]
    [InlineData(4, 2, 22)]
    [InlineData(30, 2, 74)]
    public void Every_worker_has_a_connection_to_listen_and_one_to_work(int workers, int bulkWorkers, int connections)
    {
        var room = HangfireEngine.WithRoom("Host=db;Maximum Pool Size=20", new ExportsOptions { Workers = workers, BulkWorkers = bulkWorkers });

        Assert.Equal(connections, new NpgsqlConnectionStringBuilder(room).MaxPoolSize);
    }

    [Fact]
    public void The_engines_own_retry_is_off()
    {
        var retry = Assert.Single(typeof(HangfireExportJob).GetCustomAttributes(typeof(AutomaticRetryAttribute), inherit: true));
        Assert.Equal(0, ((AutomaticRetryAttribute)retry).Attempts);
    }
}
