using System.Collections.Concurrent;
using System.Diagnostics;
using ExportHub.Files;

namespace ExportHub.Tests.Faults;

/// <summary>The local store, damaged by plan.</summary>
internal sealed class FaultyStore(string folder, FaultPlan plan) : IFileStore
{
    private readonly LocalFileStore store = new(folder);
    private readonly ConcurrentDictionary<StoreCall, int> calls = [];

    /// <summary>Awaited before each fault.</summary>
    public Func<Task> BeforeStrike { get; init; } = () => Task.CompletedTask;

    /// <summary>Awaited before a file is opened.</summary>
    public Func<Task> BeforeOpen { get; init; } = () => Task.CompletedTask;

    /// <summary>Timestamp of the last fault; zero before any.</summary>
    public long StruckAt { get; private set; }

    public async Task<IFilePart> CreateAsync(string name, FileLabel label, CancellationToken cancel)
    {
        await StrikeAsync(StoreCall.Create);
        return new FaultyPart(this, await store.CreateAsync(name, label, cancel), Path.Combine(folder, Path.GetDirectoryName(name)!));
    }

    public async Task<Stream?> OpenAsync(string name, CancellationToken cancel)
    {
        await BeforeOpen();
        return await store.OpenAsync(name, cancel) is { } file ? new FaultyStream(this, file) : null;
    }

    public async Task<bool> DeleteAsync(string name, CancellationToken cancel)
    {
        await StrikeAsync(StoreCall.Delete);
        return await store.DeleteAsync(name, cancel);
    }

    public Task<long?> FreeBytesAsync(CancellationToken cancel) => store.FreeBytesAsync(cancel);

    public IAsyncEnumerable<StoredObject> ListAsync(CancellationToken cancel) => store.ListAsync(cancel);

    public async Task<bool> DeleteAsync(StoredObject stored, CancellationToken cancel)
    {
        await StrikeAsync(StoreCall.Delete);
        return await store.DeleteAsync(stored, cancel);
    }

    /// <summary>Throws when this call is to fail; otherwise says what else is to be done to it, null being nothing.</summary>
    public async ValueTask<Damage?> StrikeAsync(StoreCall call)
    {
        if (!plan.Strikes(call, calls.AddOrUpdate(call, 1, (_, number) => number + 1)))
        {
            return null;
        }

        await BeforeStrike();
        StruckAt = Stopwatch.GetTimestamp();
        return plan.Damage switch
        {
            Damage.Fails => throw new IOException($"By plan: {plan}"),
            Damage.Full => throw new StorageFullException($"By plan: {plan}"),
            Damage.Slow => await LateAsync(),
            var damage => damage,
        };
    }

    private static async Task<Damage?> LateAsync()
    {
        await Task.Delay(TimeSpan.FromMilliseconds(20));
        return null;
    }
}
