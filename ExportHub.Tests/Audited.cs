using ExportHub.Access;
using ExportHub.Database;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace ExportHub.Tests;

/// <summary>What the stores change rows with.</summary>
internal static class Audited
{
    /// <summary>Outside of any request, so in the name of ExportHub itself.</summary>
    public static AuditedDatabase By(NpgsqlDataSource pool) => new(new AppDatabase(pool), new HttpContextAccessor());
}
