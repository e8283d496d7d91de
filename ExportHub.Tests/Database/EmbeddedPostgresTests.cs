using ExportHub.Database.Embedded;
using Npgsql;

namespace ExportHub.Tests.Database;

public sealed class EmbeddedPostgresTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task The_test_database_answers()
    {
        await using var command = database.Pool.CreateCommand("SELECT current_setting('server_encoding') || current_setting('listen_addresses')");

        Assert.Equal("UTF8", await command.ExecuteScalarAsync());
    }
}
