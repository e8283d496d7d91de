using System.Buffers;

namespace ExportHub.Formats;

/// <summary>
/// Arrays for buffers. Usual sizes come from the shared pool and go back to it; what a rare large cell needed does not, because the pool keeps
/// what it is given for as long as the process does little.
/// </summary>
internal static class Buffers
{
    public const int Large = 1024 * 1024;

    public static byte[] Rent(int atLeast) =>
        atLeast <= Large ? ArrayPool<byte>.Shared.Rent(atLeast) : GC.AllocateUninitializedArray<byte>(atLeast);

    /// <summary>Takes an empty array too, of which there is nothing to take.</summary>
    public static void Return(byte[] buffer)
    {
        if (buffer.Length is > 0 and <= Large)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
