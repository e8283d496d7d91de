using System.Text;
using ExportHub.Files;
using ExportHub.Tests.Files.Servers;

namespace ExportHub.Tests.Files;

/// <summary>What every file store promises; a new store derives from this.</summary>
public abstract class FileStoreContract
{
    private protected static readonly byte[] Content = Encoding.UTF8.GetBytes("id,name\r\n1,Zoë\r\n");

    /// <summary>More than two parts of any store.</summary>
    private const int LargeBytes = 12_000_000;

    private protected static readonly FileLabel Label = new("text/csv", "Zoë.csv");

    private protected abstract IFileStore Store { get; }

    [StoreFact]
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

    [StoreFact]
    public async Task Nothing_is_visible_before_the_commit()
    {
        await using var part = await Store.CreateAsync("a/1.csv", Label, default);
        await part.Stream.WriteAsync(Content);

        Assert.Null(await Store.OpenAsync("a/1.csv", default));
        // A store that sends parts has nothing yet.
        Assert.All(await ListAsync(), stored => Assert.True(stored.IsPart));
    }

    [StoreFact]
    public async Task A_part_that_is_not_committed_leaves_nothing()
    {
        await using (var part = await Store.CreateAsync("a/1.csv", Label, default))
        {
            await part.Stream.WriteAsync(Content);
        }

        Assert.Empty(await ListAsync());
    }

    [StoreFact]
    public async Task A_wrong_length_is_never_committed()
    {
        await using (var part = await Store.CreateAsync("a/1.csv", Label, default))
        {
            await part.Stream.WriteAsync(Content);
            await Assert.ThrowsAsync<IOException>(() => part.CommitAsync(Content.Length + 1, default));
        }

        Assert.Empty(await ListAsync());
    }

    [StoreFact]
    public async Task A_name_is_written_once()
    {
        await WriteAsync("a/1.csv");

        await Assert.ThrowsAnyAsync<IOException>(() => WriteAsync("a/1.csv"));
        Assert.Single(await ListAsync());
    }

    [StoreFact]
    public async Task Two_parts_of_one_name_do_not_disturb_each_other()
    {
        await using var first = await Store.CreateAsync("a/1.csv", Label, default);
        await using var second = await Store.CreateAsync("a/1.csv", Label, default);
        await second.Stream.WriteAsync(Content);
        await second.CommitAsync(Content.Length, default);

        Assert.NotNull(await Store.OpenAsync("a/1.csv", default));
    }

    [StoreFact]
    public async Task Deleting_tells_whether_there_was_something()
    {
        await WriteAsync("a/1.csv");

        Assert.True(await Store.DeleteAsync("a/1.csv", default));
        Assert.False(await Store.DeleteAsync("a/1.csv", default));
        Assert.Empty(await ListAsync());
    }

    [StoreFact]
    public async Task No_method_leaves_the_store()
    {
        foreach (var name in (string[])["../outside.csv", "a/../../outside.csv", "/etc/passwd", "a\\..\\b.csv", "a\0.csv", ".parts/x.part", ""])
        {
            await Assert.ThrowsAsync<ArgumentException>(() => Store.CreateAsync(name, Label, default));
            await Assert.ThrowsAsync<ArgumentException>(() => Store.OpenAsync(name, default));
            await Assert.ThrowsAsync<ArgumentException>(() => Store.DeleteAsync(name, default));
        }
    }

    [StoreFact]
    public async Task Any_place_of_a_file_can_be_read_in_any_order()
    {
        await WriteAsync("a/1.csv");
        await using var file = await Store.OpenAsync("a/1.csv", default);
        var some = new byte[4];

        foreach (var place in (int[])[8, 0, 12, 5])
        {
            file!.Seek(place, SeekOrigin.Begin);
            await file.ReadExactlyAsync(some);
            Assert.Equal(Content[place..(place + 4)], some);
        }

        Assert.Equal(Content.Length, file!.Seek(0, SeekOrigin.End));
        Assert.Equal(0, await file.ReadAsync(some));
        Assert.Equal(Content.Length, file.Length);
    }

    [StoreFact]
    public async Task An_empty_file_is_a_file()
    {
        await using (var part = await Store.CreateAsync("a/1.csv", Label, default))
        {
            await part.CommitAsync(0, default);
        }

        await using var file = await Store.OpenAsync("a/1.csv", default);
        Assert.Equal(0, await file!.ReadAsync(new byte[1]));
        Assert.Equal("a/1.csv", Assert.Single(await ListAsync()).Name);
    }

    [StoreFact]
    public async Task A_file_of_several_parts_is_exact_and_nothing_of_it_is_visible_before()
    {
        var content = new byte[LargeBytes];
        new Random(1).NextBytes(content);
        await using (var part = await Store.CreateAsync("a/1.csv", Label, default))
        {
            foreach (var piece in content.Chunk(100_000))
            {
                await part.Stream.WriteAsync(piece);
            }

            Assert.Null(await Store.OpenAsync("a/1.csv", default));
            var unfinished = Assert.Single(await ListAsync());
            Assert.True(unfinished.IsPart);
            Assert.Equal("a/1.csv", unfinished.Name);
            await part.CommitAsync(content.Length, default);
        }

        Assert.False(Assert.Single(await ListAsync()).IsPart);
        await using var file = await Store.OpenAsync("a/1.csv", default);
        using var copy = new MemoryStream();
        await file!.CopyToAsync(copy);
        Assert.True(content.AsSpan().SequenceEqual(copy.ToArray()));
    }

    /// <summary>As after a crash: nobody disposes it.</summary>
    [StoreFact]
    public async Task A_part_that_was_left_behind_is_removed_by_the_sweep()
    {
        var part = await Store.CreateAsync("a/1.csv", Label, default);
        await part.Stream.WriteAsync(new byte[LargeBytes]);

        Assert.True(await Store.DeleteAsync(Assert.Single(await ListAsync()), default));

        Assert.Empty(await ListAsync());
        await Assert.ThrowsAnyAsync<IOException>(() => part.CommitAsync(LargeBytes, default));
        await part.DisposeAsync();
        Assert.Empty(await ListAsync());
    }

    [StoreFact]
    public async Task What_the_sweep_removes_is_gone()
    {
        await WriteAsync("a/1.csv");
        var stored = Assert.Single(await ListAsync());

        Assert.True(await Store.DeleteAsync(stored, default));
        Assert.False(await Store.DeleteAsync(stored, default));
        Assert.Empty(await ListAsync());
    }

    private protected async Task WriteAsync(string name)
    {
        await using var part = await Store.CreateAsync(name, Label, default);
        await part.Stream.WriteAsync(Content);
        await part.CommitAsync(Content.Length, default);
    }

    private protected async Task<List<StoredObject>> ListAsync() => await Store.ListAsync(default).ToListAsync();
}
