namespace ExportHub.Files;

internal sealed class LocalFilePart : IFilePart
{
    /// <summary>HRESULTs of "no space left": ENOSPC (28) and EDQUOT (122) on Unix, ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL on Windows.</summary>
    private static readonly int[] DiskFull = [28, 122, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    private readonly string part;
    private readonly string path;
    private readonly FileStream file;

    private LocalFilePart(string part, string path, FileStream file)
    {
        this.part = part;
        this.path = path;
        this.file = file;
        Stream = new StorageStream(file);
    }

    public Stream Stream { get; }

    public static LocalFilePart Create(string part, string path)
    {
        try
        {
            return new LocalFilePart(part, path, new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0));
        }
        catch (IOException full) when (IsDiskFull(full))
        {
            throw NoRoom(full);
        }
    }

    public async Task CommitAsync(long expectedLength, CancellationToken cancel)
    {
        try
        {
            await Task.Run(() => file.Flush(flushToDisk: true), cancel);
        }
        catch (IOException full) when (IsDiskFull(full))
        {
            throw NoRoom(full);
        }

        await file.DisposeAsync();
        var length = new FileInfo(part).Length;
        if (length != expectedLength)
        {
            throw new IOException($"The file has {length} bytes on disk where {expectedLength} were written.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Move(part, path, overwrite: false);
        FlushName();
    }

    public async ValueTask DisposeAsync()
    {
        await file.DisposeAsync();
        File.Delete(part);
    }

    internal static bool IsDiskFull(IOException exception) => Array.IndexOf(DiskFull, exception.HResult) >= 0;

    internal static StorageFullException NoRoom(IOException cause) => new("The disk that holds the files is full.", cause);

    /// <summary>The journal entry of the rename reaches the disk with the next fsync of the file (ext4, XFS, Btrfs); a folder handle is not to be had in .NET.</summary>
    private void FlushName()
    {
        using var named = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(named);
    }
}
