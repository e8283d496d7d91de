using System.Runtime.InteropServices;

namespace ExportHub.Formats.Compression;

/// <summary>
/// zlib takes some 300 KB for each piece and gives them back after it. glibc meets such blocks first from the system and then, having seen one
/// come back, from heaps that it keeps for each thread and that grow apart (mallopt(3), M_MMAP_THRESHOLD): 15 to 20 MB more in the end.
/// Naming a threshold keeps it where it is.
/// </summary>
internal static class NativeHeap
{
    private const int MmapThreshold = -3;
    private const int LargeBlock = 64 * 1024;

    /// <summary>Tells glibc; other C libraries have no such habit and are left alone.</summary>
    public static void GiveBackLargeBlocks()
    {
        if (OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out var libc) && NativeLibrary.TryGetExport(libc, "mallopt", out _))
        {
            _ = Mallopt(MmapThreshold, LargeBlock);
        }
    }

    [DllImport("libc.so.6", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Mallopt(int parameter, int value);
}
