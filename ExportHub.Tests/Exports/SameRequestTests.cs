using ExportHub.Datasets;
using ExportHub.Exports;

namespace ExportHub.Tests.Exports;

/// <summary>What was settled, asked for once more, is settled the same.</summary>
public sealed class SameRequestTests : IAsyncLifetime
{
    private readonly TestApp app = new();

    public Task InitializeAsync() => app.InitializeAsync();

    public Task DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Asking_for_the_same_again_settles_the_same_criteria()
    {
        object[] requests =
        [
            new { dataset = "orders", format = "csv" },
            new
            {
                dataset = "orders", format = "csv", columns = new[] { "customer", "id" }, limit = 3, timeZone = "Europe/Berlin",
                sort = new[] { new { column = "id", descending = true } },
                dateRange = new { column = "ordered_at", from = "2025-01-01", to = "2030-01-01T12:30:00" },
                filters = new object[]
                {
                    new { column = "id", op = "between", value = new[] { 1, 500 } },
                    new { column = "ordered_at", op = "gte", value = "2020-02-03" },
                    new { column = "ordered_at", op = "lt", value = "2036-02-03T04:05:06" },
                    new { column = "customer", op = "in", value = new[] { "a", "b; c" } },
                    new { column = "customer", op = "isNotNull" },
                    new { any = new object[] { new { column = "status", op = "eq", value = "paid" }, new { column = "due_on", op = "lte", value = "2026-02-01" } } },
                },
                options = new { profile = "excel", formulaGuard = true },
            },
        ];
        foreach (var request in requests)
        {
            var earlier = await FindAsync(await app.PostAsync(request));
            var again = await FindAsync(await app.PostAsync(SameRequest.Of(earlier)));

            Assert.Equivalent(earlier.Criteria, again.Criteria, strict: true);
            Assert.Equal((earlier.Format, earlier.Options), (again.Format, again.Options));
        }
    }

    private async Task<Export> FindAsync(Guid id) => (await new ExportStore(new(app.Database.Pool), Audited.By(app.Database.Pool)).FindAsync(id, default))!;
}
