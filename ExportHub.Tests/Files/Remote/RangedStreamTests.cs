using ExportHub.Files.Remote;

namespace ExportHub.Tests.Files.Remote;

public sealed class RangedStreamTests
{
    private const long MiB = 1024 * 1024;

    private readonly List<(long From, long Count)> asked = [];

    [Fact]
    public async Task Nothing_is_asked_before_a_byte_is_wanted()
    {
        await using var file = Of(100 * MiB);
        file.Seek(50 * MiB, SeekOrigin.Begin);
        file.Seek(-10, SeekOrigin.End);
        Assert.Empty(asked);

        await file.ReadExactlyAsync(new byte[10]);

        Assert.Equal([((100 * MiB) - 10, 10L)], asked);
    }

    [Fact]
    public async Task Who_reads_little_asks_for_little_and_who_reads_all_asks_seldom()
    {
        await using var file = Of(100 * MiB);

        await file.CopyToAsync(Stream.Null);

        Assert.Equal([1, 4, 16, 64, 15], asked.Select(range => range.Count / MiB));
        Assert.Equal(100 * MiB, asked.Sum(range => range.Count));
    }

    [Fact]
    public async Task A_connection_that_breaks_is_opened_where_it_broke()
    {
        await using var file = Of(3 * MiB, breaksAfter: MiB / 4);

        await file.CopyToAsync(Stream.Null);

        Assert.Equal(3 * MiB, file.Position);
        Assert.All(asked.Zip(asked.Skip(1)), pair => Assert.True(pair.Second.From > pair.First.From));
    }

    [Fact]
    public async Task A_connection_that_breaks_again_and_again_is_a_fault()
    {
        await using var file = Of(MiB, breaksAfter: 0);

        await Assert.ThrowsAsync<IOException>(() => file.ReadExactlyAsync(new byte[1]).AsTask());

        Assert.Equal(4, asked.Count);
    }

    /// <param name="breaksAfter">Bytes that a connection gives before it ends too early.</param>
    private RangedStream Of(long length, long breaksAfter = long.MaxValue) => new(
        length,
        (from, count, _) =>
        {
            asked.Add((from, count));
            var given = new MemoryStream();
            given.SetLength(Math.Min(count, breaksAfter));
            return Task.FromResult<Stream>(given);
        },
        TimeSpan.FromMinutes(2));
}
