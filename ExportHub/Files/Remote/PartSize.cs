namespace ExportHub.Files.Remote;

/// <summary>
/// How large each part of a file is. S3 takes 10,000 parts of at least 5 MiB, and how long a file gets is not known before its end: every thousand parts the
/// size doubles, up to 1 GiB. Beginning with 8 MiB, 8 GiB are written with a buffer of 8 MiB, 120 GiB with 64 MiB, and the last part ends at 4 TiB.
/// </summary>
internal static class PartSize
{
    public const int MostParts = 10_000;

    public const long Smallest = 5 * 1024 * 1024;

    public const long Largest = 1024 * 1024 * 1024;

    /// <param name="number">From 1.</param>
    public static long Of(int number, long first) => Math.Min(first << ((number - 1) / 1000), Largest);
}
