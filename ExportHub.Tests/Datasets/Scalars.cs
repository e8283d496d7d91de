using Npgsql;

namespace ExportHub.Tests.Datasets;

internal static class Scalars
{
    /// <summary>The one text a statement gives.</summary>
    public static async Task<string> ScalarAsync(this NpgsqlDataSource pool, string sql)
    {
        await using var command = pool.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
