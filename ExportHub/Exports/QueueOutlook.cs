namespace ExportHub.Exports;

/// <summary>
/// The queue as it was a moment ago, read once for all who wait in it: ten thousand clients that ask for their place cost as much as one. Thread-safe.
/// </summary>
internal sealed class QueueOutlook(ForecastStore store, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Believed = TimeSpan.FromMilliseconds(500);

    private readonly SemaphoreSlim reading = new(1);
    private Look? last;

    private sealed record Look(QueueFigures Queue, long At);

    /// <summary>Adds place and expected seconds to an export that waits; any other stays as it is.</summary>
    public async Task<Export> TellAsync(Export export, CancellationToken cancel)
    {
        if (export.Status != ExportStatus.Queued)
        {
            return export;
        }

        var queue = await QueueAsync(export.Id, cancel);
        var place = queue.Places.GetValueOrDefault(export.Id);
        return export with { Draining = queue.Draining, QueuePosition = place?.Position, SecondsToFile = export.Error is null && !queue.Draining ? place?.Seconds : null };
    }

    public void Dispose() => reading.Dispose();

    /// <summary>One that is not in it has come since: then it is read anew at once.</summary>
    private async Task<QueueFigures> QueueAsync(Guid id, CancellationToken cancel)
    {
        var asked = time.GetTimestamp();
        if (Fresh() is { } known && known.Places.ContainsKey(id))
        {
            return known;
        }

        await reading.WaitAsync(cancel);
        try
        {
            // Whoever held the turn may have read it after this question came.
            if (last is not { } look || look.At < asked)
            {
                var at = time.GetTimestamp();
                last = look = new Look(await store.QueueAsync(cancel), at);
            }

            return look.Queue;
        }
        finally
        {
            reading.Release();
        }
    }

    private QueueFigures? Fresh() => last is { } look && time.GetElapsedTime(look.At) < Believed ? look.Queue : null;
}

/// <param name="Draining">Whether an administrator has stopped the start of exports.</param>
/// <param name="Places">By Export ID; only what is queued.</param>
internal sealed record QueueFigures(bool Draining, IReadOnlyDictionary<Guid, QueuePlace> Places);

/// <param name="Position">1 is next in its lane.</param>
/// <param name="Seconds">Expected until its file is there; null when nothing has been measured.</param>
internal sealed record QueuePlace(Guid Id, long Position, double? Seconds);
