namespace ExportHub.Exports;

/// <summary>The end of the time that several parts have together.</summary>
internal sealed class Deadline(TimeSpan whole, TimeProvider time)
{
    // The rest is for what comes before and after, so that the whole keeps its time.
    private const double ForParts = 0.85;

    // The server ends its work a little earlier, so that an answer or its refusal is there in time.
    private const double ForServer = 0.9;

    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(20);

    private readonly long start = time.GetTimestamp();

    /// <summary>Never negative.</summary>
    public TimeSpan Left => whole * ForParts - time.GetElapsedTime(start) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    /// <summary>
    /// The outcome of a part, or its default when it is not there in time or has failed as expected. A part that is late is told to stop and not waited for.
    /// </summary>
    /// <param name="part">Gets the time that it has and the sign to stop.</param>
    public async Task<T?> TryAsync<T>(Func<TimeSpan, CancellationToken, Task<T>> part, Func<Exception, bool> isExpected, CancellationToken cancel)
    {
        var left = Left;
        if (left < Least)
        {
            return default;
        }

        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var running = Task.Run(() => part(left * ForServer, stop.Token), CancellationToken.None);
        try
        {
            return await running.WaitAsync(left, time, cancel);
        }
        catch (Exception fault) when (isExpected(fault))
        {
            await stop.CancelAsync();
            return default;
        }
        finally
        {
            _ = running.ContinueWith(
                ended =>
                {
                    _ = ended.Exception;
                    stop.Dispose();
                },
                CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }
}
