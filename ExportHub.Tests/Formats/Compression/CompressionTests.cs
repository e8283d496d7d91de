using System.IO.Compression;
using ExportHub.Formats.Compression;

namespace ExportHub.Tests.Formats.Compression;

/// <summary>What is compressed here is read back by the framework, which checks every CRC.</summary>
public sealed class CompressionTests
{
    private const int Piece = DeflatePiece.Size;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Piece - 1)]
    [InlineData(Piece)]
    [InlineData(Piece + 1)]
    [InlineData((7 * Piece) + 12_345)]
    public async Task An_entry_of_any_length_comes_back_as_it_went_in(int length)
    {
        var content = Bytes(length, compressible: true);

        using var archive = await ZipAsync(("a.txt", content));

        Assert.Equal(content, Content(archive, "a.txt"));
    }

    [Fact]
    public async Task What_cannot_be_compressed_comes_back_too()
    {
        var content = Bytes((3 * Piece) + 1, compressible: false);

        using var archive = await ZipAsync(("noise", content));

        Assert.Equal(content, Content(archive, "noise"));
    }

    [Fact]
    public async Task Entries_keep_their_order_and_their_names()
    {
        var large = Bytes(3 * Piece, compressible: true);

        using var archive = await ZipAsync(("größe/表.csv", large), ("empty", []), ("small", [7]));

        Assert.Equal(["größe/表.csv", "empty", "small"], archive.Entries.Select(entry => entry.FullName));
        Assert.Equal(large, Content(archive, "größe/表.csv"));
        Assert.Empty(Content(archive, "empty"));
        Assert.Equal([7], Content(archive, "small"));
    }

    [Fact]
    public async Task More_entries_than_two_bytes_count_need_Zip64_and_are_all_there()
    {
        var names = Enumerable.Range(0, 65_536).Select(i => $"{i}").ToArray();

        using var archive = await ZipAsync([.. names.Select(name => (name, Array.Empty<byte>()))]);

        Assert.Equal(names, archive.Entries.Select(entry => entry.FullName));
    }

    [Fact]
    public async Task An_entry_of_more_than_4_GiB_comes_back_by_Zip64()
    {
        using var archive = await ZipAsync(writes: 17, ("zeros", new byte[256 * 1024 * 1024]));

        var entry = archive.GetEntry("zeros")!;
        Assert.Equal(17L * 256 * 1024 * 1024, entry.Length);
        await using var content = await entry.OpenAsync();
        var buffer = new byte[1024 * 1024];
        long length = 0;
        for (int read; (read = await content.ReadAsync(buffer)) > 0; length += read)
        {
            Assert.False(buffer.AsSpan(0, read).ContainsAnyExcept((byte)0));
        }

        Assert.Equal(entry.Length, length);
    }

    [Fact]
    public async Task An_entry_behind_4_GiB_is_found_by_Zip64()
    {
        // A hole in the file stands for 4 GiB of entries, so that nothing has to be written.
        const long start = uint.MaxValue + 1L;
        await using var file = new FileStream(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        file.Position = start;
        byte[] name = [.. "behind"u8];
        await file.WriteAsync(ZipEntry.LocalHeader(name, large: false));
        await using var deflate = new ParallelDeflate(file);
        await deflate.WriteAsync("here"u8.ToArray());
        var entry = new ZipEntry(name, start, Large: false, await deflate.FinishAsync(CancellationToken.None));
        await file.WriteAsync(entry.DataDescriptor());
        await file.WriteAsync(ZipDirectory.Of([entry], entry.End));

        using var archive = new ZipArchive(file, ZipArchiveMode.Read);

        Assert.Equal("here"u8.ToArray(), Content(archive, "behind"));
    }

    [Fact]
    public async Task The_archive_does_not_depend_on_how_its_content_was_cut_into_writes()
    {
        var content = Bytes((2 * Piece) + 100, compressible: true);

        var inOne = await ZipBytesAsync(content.Length, content);
        var inMany = await ZipBytesAsync(1000, content);

        Assert.Equal(inOne, inMany);
    }

    [Fact]
    public async Task A_disk_that_is_full_is_told_to_the_writer()
    {
        await using var deflate = new ParallelDeflate(new FullDisk());

        await Assert.ThrowsAsync<IOException>(async () => await deflate.WriteAsync(Bytes(10 * Piece, compressible: true)));
    }

    private static byte[] Bytes(int length, bool compressible)
    {
        var bytes = new byte[length];
        new Random(7).NextBytes(bytes);
        if (compressible)
        {
            foreach (ref var b in bytes.AsSpan())
            {
                b = (byte)('a' + (b % 4));
            }
        }

        return bytes;
    }

    private static Task<ZipArchive> ZipAsync(params (string Name, byte[] Content)[] entries) => ZipAsync(writes: 1, entries);

    /// <param name="writes">How often each content is written into its entry.</param>
    private static async Task<ZipArchive> ZipAsync(int writes, params (string Name, byte[] Content)[] entries)
    {
        var output = new MemoryStream();
        await using var zip = new ZipWriter(output);
        foreach (var (name, content) in entries)
        {
            var entry = await zip.OpenAsync(name, large: writes > 1, CancellationToken.None);
            for (var i = 0; i < writes; i++)
            {
                await entry.WriteAsync(content);
            }
        }

        await zip.FinishAsync(CancellationToken.None);
        return new ZipArchive(output, ZipArchiveMode.Read);
    }

    private static async Task<byte[]> ZipBytesAsync(int pieceLength, byte[] content)
    {
        using var output = new MemoryStream();
        await using var zip = new ZipWriter(output);
        var entry = await zip.OpenAsync("a", large: false, CancellationToken.None);
        foreach (var part in content.Chunk(pieceLength))
        {
            await entry.WriteAsync(part);
        }

        await zip.FinishAsync(CancellationToken.None);
        return output.ToArray();
    }

    private static byte[] Content(ZipArchive archive, string name)
    {
        using var content = new MemoryStream();
        using var entry = archive.GetEntry(name)!.Open();
        entry.CopyTo(content);
        return content.ToArray();
    }

    private sealed class FullDisk : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("full");
    }
}
