namespace ExportHub.Database.Embedded;

/// <summary>
/// A lock between processes that ends with its process, however that ends (flock on Unix, share modes on Windows).
/// It excludes other locks of the same process too.
/// </summary>
internal static class FileLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Held by any number at once; null while somebody holds it exclusively.</summary>
    public static IDisposable? TryShare(string file) => TryOpen(file, FileShare.Read);

    /// <summary>Null when somebody else still holds the file, shared or not, after <paramref name="limit"/>.</summary>
    public static async Task<IDisposable?> TryTakeAsync(string file, TimeSpan limit, TimeProvider clock, CancellationToken cancel)
    {
        var start = clock.GetTimestamp();
        while (true)
        {
            if (TryOpen(file, FileShare.None) is { } taken)
            {
                return taken;
            }

            if (clock.GetElapsedTime(start) > limit)
            {
                return null;
            }

            await Task.Delay(Pause, clock, cancel);
        }
    }

    private static FileStream? TryOpen(string file, FileShare share)
    {
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.Read, share, bufferSize: 0);
        }
        catch (IOException) when (File.Exists(file))
        {
            return null;
        }
    }
}
