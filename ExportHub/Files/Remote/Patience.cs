namespace ExportHub.Files.Remote;

/// <summary>
/// How long one call of a store may take with all its repetitions, so that a worker is not held for hours by a store that is down: the attempt fails then and
/// the export is tried again later, when others had their turn.
/// </summary>
internal static class Patience
{
    public static readonly TimeSpan Default = TimeSpan.FromMinutes(2);

    /// <summary>Somebody waits for the answer.</summary>
    private static readonly TimeSpan OfPeople = TimeSpan.FromSeconds(20);

    /// <summary>A large part may take longer: as long as it would at this rate.</summary>
    private const double SlowestBytesASecond = 512 * 1024;

    /// <summary>For a question that is asked while somebody waits.</summary>
    public static TimeSpan Short(TimeSpan patience) => patience < OfPeople ? patience : OfPeople;

    /// <summary>Throws <see cref="IOException"/> when it took too long.</summary>
    public static async Task<T> BoundAsync<T>(Func<CancellationToken, Task<T>> call, TimeSpan patience, long bytes, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(patience + TimeSpan.FromSeconds(bytes / SlowestBytesASecond));
        try
        {
            return await call(limit.Token);
        }
        catch (OperationCanceledException late) when (!cancel.IsCancellationRequested)
        {
            throw new IOException("The storage did not answer in time.", late);
        }
    }
}
