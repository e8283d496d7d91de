using System.Diagnostics.Metrics;
using ExportHub.Database;
using ExportHub.Operations;
using ExportHub.Tests.Exports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace ExportHub.Tests.Operations;

public sealed class QueueGaugesTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MovedClock clock = new();

    public Task InitializeAsync() => database.ExecuteAsync("DELETE FROM exporthub.export");

    public async Task DisposeAsync() => await services.DisposeAsync();

    [Fact]
    public async Task The_gauges_tell_depth_oldest_wait_running_and_oldest_lease_by_lane()
    {
        await InsertAsync("due_at = now() - interval '90 seconds'");
        await InsertAsync("due_at = now() - interval '30 seconds'");
        await InsertAsync("due_at = now() + interval '1 hour', lane = 'bulk'");
        await InsertAsync("status = 'running', lane = 'bulk', lease_until = now() + interval '1 minute', renewed_at = now() - interval '7 seconds'");
        using var metered = await StartAsync(database.Pool);

        var now = metered.Collect();

        Assert.Equal(2, Value(now, "exporthub.export.queued", "interactive"));
        Assert.Equal(1, Value(now, "exporthub.export.queued", "bulk"));
        Assert.Equal(0, Value(now, "exporthub.export.running", "interactive"));
        Assert.Equal(1, Value(now, "exporthub.export.running", "bulk"));
        Assert.InRange(Value(now, "exporthub.export.wait.oldest", "interactive"), 90, 150);
        Assert.Equal(0, Value(now, "exporthub.export.wait.oldest", "bulk"));
        Assert.InRange(Value(now, "exporthub.lease.age.oldest", "bulk"), 7, 67);
        Assert.Equal(
            [("exporthub.export.queued", "{export}"), ("exporthub.export.running", "{export}"), ("exporthub.export.wait.oldest", "s"), ("exporthub.lease.age.oldest", "s")],
            metered.Units.Select(unit => (unit.Key, unit.Value)).Order());
    }

    [Fact]
    public async Task However_often_gauges_are_collected_the_database_is_asked_once_in_a_while()
    {
        using var metered = await StartAsync(database.Pool);
        Assert.Equal(0, Queued(metered));

        await InsertAsync("due_at = now()");
        Assert.Equal(0, Queued(metered));
        clock.Pass(QueueGauges.Lifetime);

        Assert.Equal(1, Queued(metered));
    }

    [Fact]
    public async Task A_database_that_does_not_answer_makes_gauges_go_missing_and_breaks_nothing()
    {
        await using var nowhere = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=x;Database=x;Timeout=2");
        using var metered = await StartAsync(nowhere);

        Assert.Empty(metered.Collect());
    }

    private async Task<Metered> StartAsync(NpgsqlDataSource pool)
    {
        var meters = services.GetRequiredService<IMeterFactory>();
        await new QueueGauges(meters, new AppDatabase(pool), clock, NullLogger<QueueGauges>.Instance).StartAsync(default);
        return new Metered(services);
    }

    private async Task InsertAsync(string changes)
    {
        var id = await SampleExport.InsertAsync(database);
        await database.ExecuteAsync($"UPDATE exporthub.export SET {changes} WHERE id = '{id}'");
    }

    private static double Queued(Metered metered) => metered.Collect().Where(m => m.Instrument == "exporthub.export.queued").Sum(m => m.Value);

    private static double Value(IEnumerable<Measured> measured, string instrument, string lane) =>
        measured.Single(m => m.Instrument == instrument && m.Tags == $"exporthub.lane={lane}").Value;

    private sealed class MovedClock : TimeProvider
    {
        private long passed;

        public override long GetTimestamp() => passed;

        public void Pass(TimeSpan span) => passed += (long)(span.TotalSeconds * TimestampFrequency);
    }
}
