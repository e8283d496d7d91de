using ExportHub.Database;
using ExportHub.Datasets;
using ExportHub.Exports;

namespace ExportHub.Tests.Exports;

/// <summary>Rows to try the stores on.</summary>
internal static class SampleExport
{
    public static NewExport New(string? key = null, int attempts = 3, string? by = null) => new(
        Guid.CreateVersion7(),
        by ?? $"person-{Guid.NewGuid():N}",
        new DatasetDefinition { Name = "orders", From = "public.orders" },
        new Criteria { Columns = ["id"], TimeZone = "UTC" },
        "csv",
        new(),
        key,
        "hash",
        attempts)
    {
        Insist = true,
    };

    public static PublishedFile File(AttemptId attempt) => new(
        $"{attempt.Id}/{attempt.Number}.csv", "orders.csv", "text/csv", 3, 30, new string('a', 64), DateTimeOffset.UnixEpoch, [],
        new SelectedRows(3, NotCounted: null), new ReceiptFacts(new(), [], [], new("1", "10", "16")));

    public static async Task<Guid> InsertAsync(TestDatabase database, int attempts = 3)
    {
        var export = New(attempts: attempts);
        await new ExportStore(new AppDatabase(database.Pool), Audited.By(database.Pool)).InsertAsync(export, default);
        return export.Id;
    }
}
