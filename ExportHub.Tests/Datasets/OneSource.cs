using ExportHub.Database;
using Npgsql;

namespace ExportHub.Tests.Datasets;

/// <summary>The test's database as ExportHub's own and under the name `shop`.</summary>
internal sealed class OneSource(NpgsqlDataSource pool) : ISourceDatabases
{
    public IReadOnlyList<string> Names => ["shop"];

    public NpgsqlDataSource? Find(string? name) => name is null or "shop" ? pool : null;
}
