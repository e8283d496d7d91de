using System.Text.Json;
using ExportHub.Access;
using ExportHub.Database;

namespace ExportHub.Tests.Access;

/// <summary>Reads the audit of a test, oldest first.</summary>
internal static class AuditLog
{
    public static async Task<IReadOnlyList<AuditEntry>> AuditAsync(this TestDatabase database, Guid? exportId = null, string? act = null)
    {
        var page = await new AuditStore(new AppDatabase(database.Pool)).ListAsync(new AuditFilter(Act: act, ExportId: exportId, Size: AuditStore.LargestPage), default);
        return [.. page.Entries.Reverse()];
    }

    /// <summary>From now on the database refuses to keep this act, as one that is full or damaged would.</summary>
    public static Task RefuseAsync(this TestDatabase database, string act) =>
        database.ExecuteAsync($"ALTER TABLE exporthub.audit ADD CONSTRAINT no_{act} CHECK (act <> '{act}') NOT VALID");

    public static string? Text(this AuditEntry entry, string detail) =>
        entry.Details.TryGetProperty(detail, out var value) ? value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText() : null;
}
