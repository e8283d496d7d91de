using ExportHub.Access;
using ExportHub.Database;
using ExportHub.Datasets;
using ExportHub.Exports;
using ExportHub.Formats;

namespace ExportHub.Tests.Exports;

public sealed class ReceiptStoreTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly AttemptStore attempts = new(new AppDatabase(database.Pool));
    private readonly ExportStore exports = new(new AppDatabase(database.Pool), Audited.By(database.Pool));
    private readonly ReceiptStore receipts = new(new AppDatabase(database.Pool));

    [Fact]
    public async Task What_an_attempt_recorded_is_read_back()
    {
        var facts = new ReceiptFacts(
            new() { Profile = "machine", FormulaGuard = false }, [new RemarkCount("guarded", "note", 250)], [], new("1.0", "10.0.1", "16.4"));
        var id = await PublishAsync(file => file with { Receipt = facts, Selected = new(7, NotCounted.TooSlow) });

        var read = (await receipts.FindAsync(id, default))!;

        Assert.Equal((facts.Options, facts.Versions), (read.Options, read.Versions));
        Assert.Equal(facts.Remarks, read.Remarks);
        var export = (await exports.FindAsync(id, default))!;
        Assert.Equal((7, NotCounted.TooSlow, true), (export.SelectedRows, export.NotCounted, export.IsLimited));
    }

    [Fact]
    public async Task A_file_is_found_by_its_hash_and_the_named_one_first()
    {
        var hash = Hash();
        var older = await PublishAsync(file => file with { Sha256 = hash, Name = "older.csv" });
        var newer = await PublishAsync(file => file with { Sha256 = hash, Name = "newer.csv" });

        Assert.Equal(newer, (await receipts.FindByHashAsync(hash, null, null, Viewer.Everything, default))!.Id);
        Assert.Equal(newer, (await receipts.FindByHashAsync(hash, null, "other.csv", Viewer.Everything, default))!.Id);
        Assert.Equal(older, (await receipts.FindByHashAsync(hash, null, "older.csv", Viewer.Everything, default))!.Id);
        Assert.Equal(older, (await receipts.FindByHashAsync(hash, older, "newer.csv", Viewer.Everything, default))!.Id);
        Assert.Null(await receipts.FindByHashAsync(Hash(), older, "older.csv", Viewer.Everything, default));
    }

    [Fact]
    public async Task A_part_is_found_by_its_own_hash_and_name()
    {
        WrittenFile[] parts = [new("orders-001.csv", 2, 20, Hash()), new("orders-002.csv", 1, 10, Hash())];
        var id = await PublishAsync(file => file with { Sha256 = Hash(), Name = "orders.zip", Receipt = file.Receipt with { Parts = parts } });

        var byHash = (await receipts.FindByHashAsync(parts[1].Sha256, null, null, Viewer.Everything, default))!;
        var byName = (await receipts.FindClaimedAsync(null, "orders-001.csv", Viewer.Everything, default))!;
        var whole = (await receipts.FindClaimedAsync(id, null, Viewer.Everything, default))!;

        Assert.Equal((id, "orders.zip", "orders-002.csv", 10, parts[1].Sha256), (byHash.Id, byHash.FileName, byHash.Part, byHash.Bytes, byHash.Sha256));
        Assert.Equal((id, "orders-001.csv", 20, parts[0].Sha256), (byName.Id, byName.Part, byName.Bytes, byName.Sha256));
        Assert.Equal((id, null, 30), (whole.Id, whole.Part, whole.Bytes));
    }

    [Fact]
    public async Task What_was_never_published_claims_nothing()
    {
        var queued = await SampleExport.InsertAsync(database);

        Assert.Null(await receipts.FindAsync(queued, default));
        Assert.Null(await receipts.FindClaimedAsync(queued, null, Viewer.Everything, default));
        Assert.Null(await receipts.FindClaimedAsync(null, "nobody.csv", Viewer.Everything, default));
        Assert.Null(await receipts.FindClaimedAsync(null, null, Viewer.Everything, default));
    }

    [Theory]
    [InlineData("sha256 = 'x'", "export_by_sha256")]
    [InlineData("file_name = 'x'", "export_by_file_name")]
    [InlineData("""receipt -> 'parts' @> '[{"sha256": "x"}]'""", "export_by_part")]
    public async Task A_look_up_uses_its_index(string condition, string index)
    {
        await using var connection = await database.Pool.OpenConnectionAsync();
        await using var command = new Npgsql.NpgsqlCommand($"SET enable_seqscan = off; EXPLAIN SELECT id FROM exporthub.export WHERE {condition}", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var plan = new List<string>();
        while (await reader.ReadAsync())
        {
            plan.Add(reader.GetString(0));
        }

        Assert.Contains(plan, line => line.Contains(index, StringComparison.Ordinal));
    }

    private static string Hash() => Guid.NewGuid().ToString("N") + Guid.NewGuid().ToString("N");

    private async Task<Guid> PublishAsync(Func<PublishedFile, PublishedFile> change)
    {
        var id = await SampleExport.InsertAsync(database);
        var attempt = new AttemptId(id, (await attempts.ClaimAsync(id, new() { Lease = TimeSpan.FromMinutes(1) }, default))!.Value);
        Assert.True(await attempts.PublishAsync(attempt, change(SampleExport.File(attempt)), TimeSpan.FromDays(7), default));
        return id;
    }
}
