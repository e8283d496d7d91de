using System.Text;
using ExportHub.Files;

namespace ExportHub.Tests.Files;

/// <summary>What every file store promises; a new store derives from this.</summary>
public abstract class FileStoreContract
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("id,name\r\n1,Zoë\r\n");

    private protected abstract IFileStore Store { get; }

    [Fact]
    public async Task A_committed_file_reads_back_as_written()
    {
        await WriteAsync("a/1.csv");

        await using var file = await Store.OpenAsync("a/1.csv", default);

        Assert.NotNull(file);
        using var copy = new MemoryStream();
        await file.CopyToAsync(copy);
        Assert.Equal(Content, copy.ToArray());
        Assert.True(file.CanSeek);
    }

    [Fact]
    public async Task Nothing_is_visible_before_the_commit()
    {
        await using var part = await Store.CreateAsync("a/1.csv", default);
        await part.Stream.WriteAsync(Content);

        Assert.Null(await Store.OpenAsync("a/1.csv", default));
        var stored = Assert.Single(await ListAsync());
        Assert.True(stored.IsPart);
        Assert.Equal("a/1.csv", stored.Name);
    }

    [Fact]
    public async Task A_part_that_is_not_committed_leaves_nothing()
    {
        await using (var part = await Store.CreateAsync("a/1.csv", default))
        {
            await part.Stream.WriteAsync(Content);
        }

        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task A_wrong_length_is_never_committed()
    {
        await using (var part = await Store.CreateAsync("a/1.csv", default))
        {
            await part.Stream.WriteAsync(Content);
            await Assert.ThrowsAsync<IOException>(() => part.CommitAsync(Content.Length + 1, default));
        }

        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task A_name_is_written_once()
    {
        await WriteAsync("a/1.csv");

        await Assert.ThrowsAsync<IOException>(() => WriteAsync("a/1.csv"));
        Assert.Single(await ListAsync());
    }

    [Fact]
    public async Task Two_parts_of_one_name_do_not_disturb_each_other()
    {
        await using var first = await Store.CreateAsync("a/1.csv", default);
        await using var second = await Store.CreateAsync("a/1.csv", default);
        await second.Stream.WriteAsync(Content);
        await second.CommitAsync(Content.Length, default);

        Assert.NotNull(await Store.OpenAsync("a/1.csv", default));
    }

    [Fact]
    public async Task Deleting_tells_whether_there_was_something()
    {
        await WriteAsync("a/1.csv");

        Assert.True(await Store.DeleteAsync("a/1.csv", default));
        Assert.False(await Store.DeleteAsync("a/1.csv", default));
        Assert.Empty(await ListAsync());
    }

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

    [Theory]
    [InlineData("../outside.csv")]
    [InlineData("a/../../outside.csv")]
    [InlineData("/etc/passwd")]
    [InlineData("a\\..\\b.csv")]
    [InlineData("a\0.csv")]
    [InlineData(".parts/x.part")]
    [InlineData("")]
    public async Task No_method_leaves_the_store(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Store.CreateAsync(name, default));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.OpenAsync(name, default));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.DeleteAsync(name, default));
    }

    private async Task WriteAsync(string name)
    {
        await using var part = await Store.CreateAsync(name, default);
        await part.Stream.WriteAsync(Content);
        await part.CommitAsync(Content.Length, default);
    }

    private async Task<List<StoredObject>> ListAsync() => await Store.ListAsync(default).ToListAsync();
}
