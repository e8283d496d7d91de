using System.Runtime.InteropServices;

namespace ExportHub.Files.Remote;

/// <summary>Memory outside of the collector's for one part, given back when it is disposed. Pages of it that were never written to cost nothing.</summary>
internal sealed class PartBuffer : SafeBuffer
{
    public PartBuffer(long bytes)
        : base(ownsHandle: true)
    {
        Initialize((ulong)bytes);
        SetHandle(Marshal.AllocHGlobal((nint)bytes));
    }

    public Stream OpenWrite() => new UnmanagedMemoryStream(this, 0, (long)ByteLength, FileAccess.ReadWrite);

    public Stream OpenRead(long bytes) => new UnmanagedMemoryStream(this, 0, bytes, FileAccess.Read);

    protected override bool ReleaseHandle()
    {
        Marshal.FreeHGlobal(handle);
        return true;
    }
}
