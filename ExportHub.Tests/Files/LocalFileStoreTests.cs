using ExportHub.Files;

namespace ExportHub.Tests.Files;

public sealed class LocalFileStoreTests : FileStoreContract, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("exporthub-files-");

    private protected override IFileStore Store => new LocalFileStore(folder.FullName);

    public void Dispose() => folder.Delete(recursive: true);

    [LinuxFact]
    public async Task A_full_disk_is_told_apart()
    {
        // /dev/full answers every write with ENOSPC; it is what Linux offers for this question.
        await using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        await using var stream = new StorageStream(full);

        await Assert.ThrowsAsync<StorageFullException>(() => stream.WriteAsync("x"u8.ToArray()).AsTask());
    }
}
