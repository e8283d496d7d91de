using ExportHub.Files;

namespace ExportHub.Tests.Files;

public sealed class LocalFileStoreTests : FileStoreContract, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("exporthub-files-");

    private protected override IFileStore Store => new LocalFileStore(folder.FullName);

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_reader_keeps_what_it_opened_when_the_file_is_deleted()
    {
        await WriteAsync("a/1.csv");
        await using var file = await Store.OpenAsync("a/1.csv", default);

        await Store.DeleteAsync("a/1.csv", default);

        using var copy = new MemoryStream();
        await file!.CopyToAsync(copy);
        Assert.Equal(Content, copy.ToArray());
    }

    [LinuxFact]
    public async Task A_link_that_somebody_planted_is_neither_followed_nor_swept()
    {
        var elsewhere = Directory.CreateTempSubdirectory("exporthub-elsewhere-");
        try
        {
            var secret = Path.Combine(elsewhere.FullName, "secret.csv");
            await File.WriteAllTextAsync(secret, "a secret");
            Directory.CreateDirectory(Path.Combine(folder.FullName, "some"));
            File.CreateSymbolicLink(Path.Combine(folder.FullName, "some", "1.csv"), secret);
            Directory.CreateSymbolicLink(Path.Combine(folder.FullName, "other"), elsewhere.FullName);

            Assert.Null(await Store.OpenAsync("some/1.csv", default));
            Assert.Null(await Store.OpenAsync("other/secret.csv", default));
            Assert.Empty(await Store.ListAsync(default).ToListAsync());
        }
        finally
        {
            elsewhere.Delete(recursive: true);
        }
    }

    [LinuxFact]
    public async Task A_full_disk_is_told_apart()
    {
        // /dev/full answers every write with ENOSPC; it is what Linux offers for this question.
        await using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        await using var stream = new StorageStream(full);

        await Assert.ThrowsAsync<StorageFullException>(() => stream.WriteAsync("x"u8.ToArray()).AsTask());
    }
}
