using ExportHub.Access;
using ExportHub.Database;
using ExportHub.Exports;
using ExportHub.Files;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ExportHub.Tests.Exports;

public sealed class ReconcilerTests : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private readonly TestDatabase database;
    private readonly AttemptStore attempts;
    private readonly ExportStore exports;
    private readonly RecordingQueue queue = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("exporthub-reconcile-");
    private readonly LocalFileStore files;

    public ReconcilerTests(TestDatabase database)
    {
        this.database = database;
        attempts = new AttemptStore(new AppDatabase(database.Pool));
        exports = new ExportStore(new AppDatabase(database.Pool), Audited.By(database.Pool));
        files = new LocalFileStore(folder.FullName);
    }

    public Task InitializeAsync() => database.ExecuteAsync("DELETE FROM exporthub.export");

    public Task DisposeAsync()
    {
        folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task An_export_whose_job_was_lost_is_told_again_once()
    {
        var id = await SampleExport.InsertAsync(database);
        await SetAsync(id, "alarm_at = now() - interval '1 hour'");

        await ReconcileAsync();
        await ReconcileAsync();

        Assert.Equal([id], queue.Told);
    }

    [Fact]
    public async Task A_fresh_export_is_left_to_its_job()
    {
        await SampleExport.InsertAsync(database);

        await ReconcileAsync();

        Assert.Empty(queue.Told);
    }

    [Fact]
    public async Task A_released_export_is_told_at_once()
    {
        var attempt = await ClaimAsync();
        await attempts.ReleaseAsync(attempt, default);

        await ReconcileAsync();

        Assert.Equal([attempt.Id], queue.Told);
    }

    [Fact]
    public async Task A_dead_attempt_is_told_again_and_a_living_one_is_not()
    {
        var dead = await ClaimAsync();
        await ClaimAsync();
        await SetAsync(dead.Id, "lease_until = now() - interval '1 second', alarm_at = now() - interval '1 minute'");

        await ReconcileAsync();

        Assert.Equal([dead.Id], queue.Told);
    }

    [Fact]
    public async Task What_was_begun_once_goes_before_all_that_waits_and_what_was_not_does_not()
    {
        var dead = await ClaimAsync();
        var released = await ClaimAsync();
        var fresh = await SampleExport.InsertAsync(database);
        await SetAsync(dead.Id, "lease_until = now() - interval '1 second', alarm_at = now() - interval '1 minute'");
        await attempts.ReleaseAsync(released, default);
        await SetAsync(fresh, "alarm_at = now() - interval '1 hour'");

        await ReconcileAsync();

        Assert.Equal(new[] { dead.Id, released.Id }.Order(), queue.First.Order());
        Assert.Equal([fresh], queue.Told.Except(queue.First));
    }

    [Fact]
    public async Task An_instance_that_hangs_while_it_cleans_up_keeps_no_dead_attempt_waiting()
    {
        await using var hanging = await ReconcileSession.TryOpenAsync(new AppDatabase(database.Pool), default);
        var dead = await ClaimAsync();
        await SetAsync(dead.Id, "lease_until = now() - interval '1 second', alarm_at = now() - interval '1 minute'");

        await ReconcileAsync();

        Assert.Equal([dead.Id], queue.Told);
    }

    [Fact]
    public async Task An_export_that_killed_every_attempt_fails_as_a_crash_loop()
    {
        var attempt = await ClaimAsync(attempts: 1);
        await SetAsync(attempt.Id, "lease_until = now() - interval '1 second'");

        await ReconcileAsync();

        var export = (await exports.FindAsync(attempt.Id, default))!;
        Assert.Equal((ExportStatus.Failed, "crash_loop"), (export.Status, export.Error!.Code));
        Assert.Empty(queue.Told);
    }

    [Fact]
    public async Task A_dead_attempt_that_was_canceled_ends_as_canceled()
    {
        var attempt = await ClaimAsync();
        await exports.CancelAsync(attempt.Id, Viewer.Everything, act: null, default);
        await SetAsync(attempt.Id, "lease_until = now() - interval '1 second'");

        await ReconcileAsync();

        Assert.Equal(ExportStatus.Canceled, (await exports.FindAsync(attempt.Id, default))!.Status);
    }

    [Fact]
    public async Task An_outdated_file_goes_and_its_record_stays()
    {
        var attempt = await PublishAsync();
        await SetAsync(attempt.Id, "expires_at = now() - interval '1 second'");

        await ReconcileAsync();

        var export = (await exports.FindAsync(attempt.Id, default))!;
        Assert.Equal((ExportStatus.Expired, (string?)null, "orders.csv"), (export.Status, export.FileKey, export.FileName));
        Assert.Empty(await files.ListAsync(default).ToListAsync());
    }

    [Fact]
    public async Task Only_orphans_are_swept()
    {
        var published = await PublishAsync();
        var working = await ClaimAsync();
        await using var living = await files.CreateAsync($"{working.Id}/{working.Number}.csv", new("text/csv", "some.csv"), default);
        await using var zombie = await files.CreateAsync($"{working.Id}/{working.Number + 7}.csv", new("text/csv", "some.csv"), default);
        await WriteAsync($"{Guid.NewGuid()}/1.csv");
        await WriteAsync("somebody/elses.txt");

        await ReconcileAsync();

        var left = (await files.ListAsync(default).ToListAsync()).Select(stored => stored.Name).Order(StringComparer.Ordinal);
        Assert.Equal(new[] { $"{published.Id}/1.csv", $"{working.Id}/1.csv", "somebody/elses.txt" }.Order(StringComparer.Ordinal), left);
    }

    [Fact]
    public async Task A_second_instance_leaves_the_work_to_the_first()
    {
        await using var first = await ReconcileSession.TryOpenAsync(new AppDatabase(database.Pool), default);

        Assert.NotNull(first);
        Assert.Null(await ReconcileSession.TryOpenAsync(new AppDatabase(database.Pool), default));
    }

    [Fact]
    public async Task The_lock_is_free_after_a_round()
    {
        await ReconcileAsync();

        await using var other = Npgsql.NpgsqlDataSource.Create(database.ConnectionString + ";Application Name=other");
        await using var session = await ReconcileSession.TryOpenAsync(new AppDatabase(other), default);
        Assert.NotNull(session);
    }

    private Task ReconcileAsync() => new Reconciler(
        new AppDatabase(database.Pool), attempts, new ForgottenExports(new AppDatabase(database.Pool)), files, queue, Options.Create(new ExportsOptions()),
        Metered.Apart(), TimeProvider.System, NullLogger<Reconciler>.Instance).ReconcileAsync(default);

    private async Task<AttemptId> ClaimAsync(int attempts = 3)
    {
        var id = await SampleExport.InsertAsync(database, attempts);
        return new AttemptId(id, (await this.attempts.ClaimAsync(id, new() { Lease = Lease }, default))!.Value);
    }

    private async Task<AttemptId> PublishAsync()
    {
        var attempt = await ClaimAsync();
        await WriteAsync(SampleExport.File(attempt).Key);
        Assert.True(await attempts.PublishAsync(attempt, SampleExport.File(attempt), TimeSpan.FromDays(7), default));
        return attempt;
    }

    private async Task WriteAsync(string name)
    {
        await using var part = await files.CreateAsync(name, new("text/csv", "some.csv"), default);
        await part.CommitAsync(0, default);
    }

    private Task SetAsync(Guid id, string change) => database.ExecuteAsync($"UPDATE exporthub.export SET {change} WHERE id = '{id}'");

    private sealed class RecordingQueue : IExportQueue
    {
        public List<Guid> Told { get; } = [];

        public List<Guid> First { get; } = [];

        public Task EnqueueAsync(Guid exportId, Lane lane, TimeSpan delay, CancellationToken cancel)
        {
            Told.Add(exportId);
            return Task.CompletedTask;
        }

        public Task EnqueueFirstAsync(Guid exportId, Lane lane, CancellationToken cancel)
        {
            First.Add(exportId);
            return EnqueueAsync(exportId, lane, TimeSpan.Zero, cancel);
        }
    }
}
