namespace ExportHub.Exports;

/// <summary>
/// A connection that was cut while it lay in a pool is noticed when it is used next; the pool throws the others away then. For what may be said
/// twice and would have to wait for the reconciler otherwise.
/// </summary>
internal static class CutConnection
{
    private const int Tries = 3;

    /// <summary>Throws what the last try threw.</summary>
    public static async Task<T> TryAgainAsync<T>(Func<Task<T>> act, CancellationToken cancel)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await act();
            }
            catch (Exception) when (tries < Tries && !cancel.IsCancellationRequested)
            {
                // The next connection is a fresh one.
            }
        }
    }

    public static Task TryAgainAsync(Func<Task> act, CancellationToken cancel) => TryAgainAsync(
        async () =>
        {
            await act();
            return true;
        },
        cancel);
}
