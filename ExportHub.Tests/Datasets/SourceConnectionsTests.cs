using ExportHub.Datasets;
using Npgsql;

namespace ExportHub.Tests.Datasets;

public sealed class SourceConnectionsTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Of_few_connections_none_is_lent(int size)
    {
        await using var pool = Pool(size);
        var connections = new SourceConnections(pool);
        await using var rows = await connections.OpenAsync("exporthub:test", default);

        Assert.Null(connections.Borrow());
    }

    [Fact]
    public async Task One_connection_is_always_left_over()
    {
        await using var pool = Pool(4);
        var connections = new SourceConnections(pool);
        await using var rows = await connections.OpenAsync("exporthub:test", default);

        using var first = connections.Borrow();
        using var second = connections.Borrow();

        Assert.NotNull(first);
        Assert.NotNull(second);
        Assert.Null(connections.Borrow());
        second.Dispose();
        using var again = connections.Borrow();
        Assert.NotNull(again);
    }

    [Fact]
    public async Task Rows_recall_the_youngest_loan_and_only_when_they_need_it()
    {
        await using var pool = Pool(5);
        var connections = new SourceConnections(pool);
        using var old = connections.Borrow()!;
        using var young = connections.Borrow()!;
        await using var first = await connections.OpenAsync("exporthub:test", default);
        await using var second = await connections.OpenAsync("exporthub:test", default);
        Assert.False(young.Recalled.IsCancellationRequested);

        await using var third = await connections.OpenAsync("exporthub:test", default);

        Assert.True(young.Recalled.IsCancellationRequested);
        Assert.False(old.Recalled.IsCancellationRequested);
    }

    [Fact]
    public async Task Rows_that_left_make_room_for_a_count()
    {
        await using var pool = Pool(3);
        var connections = new SourceConnections(pool);
        await using var first = await connections.OpenAsync("exporthub:test", default);
        await using var second = await connections.OpenAsync("exporthub:test", default);
        Assert.Null(connections.Borrow());

        connections.Leave();

        using var loan = connections.Borrow();
        Assert.NotNull(loan);
    }

    private NpgsqlDataSource Pool(int size) => NpgsqlDataSource.Create($"{database.ConnectionString};Maximum Pool Size={size}");
}
