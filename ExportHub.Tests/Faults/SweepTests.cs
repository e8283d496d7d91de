using System.Diagnostics;
using ExportHub.Database;
using ExportHub.Exports;
using ExportHub.Files;
using ExportHub.Tests.Exports;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Xunit.Abstractions;

namespace ExportHub.Tests.Faults;

/// <summary>The orphan sweep among thousands of objects, also when it is stopped on its way.</summary>
public sealed class SweepTests(TestDatabase database, ITestOutputHelper output) : IClassFixture<TestDatabase>, IDisposable
{
    private static readonly int Parts = FaultForm.Long ? 10_000 : 2_000;
    private static readonly int Files = FaultForm.Long ? 1_000 : 100;

    private static readonly ExportsOptions LongLease = new() { Lease = TimeSpan.FromHours(1) };

    private readonly AttemptStore attempts = new(new AppDatabase(database.Pool));
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("exporthub-sweep-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Only_orphans_go_also_when_sweeps_are_stopped_half_way()
    {
        var living = await SeedAsync();
        var random = new Random(14);
        var since = Stopwatch.GetTimestamp();
        for (var stops = 0; stops < 5; stops++)
        {
            await SweepAsync(stopAt: random.Next(1, (Parts + Files) / 5));
            Assert.Superset(living, Stored());
        }

        Assert.NotEqual(living.Count, Stored().Count);
        await SweepAsync(stopAt: int.MaxValue);
        output.WriteLine($"{Parts} parts and {Files} files without an owner gone, {living.Count} objects left, in {Stopwatch.GetElapsedTime(since).TotalSeconds:0.0} s and 6 sweeps");
        Assert.Equal(living, Stored());
        await SweepAsync(stopAt: int.MaxValue);
        Assert.Equal(living, Stored());
    }

    /// <summary>Answers what must stay.</summary>
    private async Task<SortedSet<string>> SeedAsync()
    {
        var store = new LocalFileStore(folder.FullName);
        for (var n = 0; n < Files; n++)
        {
            var attempt = new AttemptId(await SampleExport.InsertAsync(database), 1);
            await attempts.ClaimAsync(attempt.Id, LongLease, default);
            await CommitAsync(store, SampleExport.File(attempt).Key);
            // Every tenth is still being written, or written and not yet published.
            Assert.True(n % 10 == 0 || await attempts.PublishAsync(attempt, SampleExport.File(attempt), TimeSpan.FromDays(7), default));
        }

        await LeaveAsync($"{(await WorkingAsync()).Id}/1.csv");
        var living = Stored();
        for (var n = 0; n < Files; n++)
        {
            await CommitAsync(store, $"{Guid.CreateVersion7()}/1.csv");
        }

        var dead = await WorkingAsync();
        await attempts.FailAsync(dead, new ExportError("code", "message"), default);
        for (var n = 0; n < Parts; n++)
        {
            await LeaveAsync(n % 2 == 0 ? $"{Guid.CreateVersion7()}/1.csv" : $"{dead.Id}/{1 + n % 3}.csv");
        }

        return living;
    }

    private async Task<AttemptId> WorkingAsync()
    {
        var id = await SampleExport.InsertAsync(database);
        return new(id, (await attempts.ClaimAsync(id, LongLease, default))!.Value);
    }

    private static async Task CommitAsync(LocalFileStore store, string name)
    {
        await using var part = await store.CreateAsync(name, new("text/csv", "some.csv"), default);
        await part.CommitAsync(0, default);
    }

    /// <summary>A part as a process that was killed leaves it.</summary>
    private Task LeaveAsync(string name) =>
        File.WriteAllTextAsync(Path.Combine(folder.FullName, ".parts", $"{Uri.EscapeDataString(name)}.{Guid.NewGuid():N}.part"), "id");

    /// <summary>A round of a reconciler that nobody used before, which ends with the given removal.</summary>
    private async Task SweepAsync(int stopAt)
    {
        var store = new FaultyStore(folder.FullName, new(StoreCall.Delete, Damage.Fails, First: stopAt, Times: 1));
        var reconciler = new Reconciler(
            new AppDatabase(database.Pool), attempts, new ForgottenExports(new AppDatabase(database.Pool)), store, new DeafQueue(), Options.Create(LongLease),
            Metered.Apart(), TimeProvider.System, NullLogger<Reconciler>.Instance);
        try
        {
            await reconciler.ReconcileAsync(default);
            Assert.Equal(0, store.StruckAt);
        }
        catch (IOException)
        {
            Assert.NotEqual(0, store.StruckAt);
        }
    }

    private SortedSet<string> Stored() => [.. Directory.EnumerateFiles(folder.FullName, "*", SearchOption.AllDirectories)];
}
