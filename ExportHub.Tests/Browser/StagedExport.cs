using ExportHub.Access;
using ExportHub.Database;
using ExportHub.Datasets;
using ExportHub.Exports;

namespace ExportHub.Tests.Browser;

/// <summary>
/// An export that no engine knows: the test moves its row through its life, so that a page can be watched at every stage and nothing races.
/// </summary>
internal sealed class StagedExport(TestApp app, Guid id)
{
    public Guid Id => id;

    public string Address => $"/exports/{id}";

    public static async Task<StagedExport> QueuedAsync(TestApp app, Criteria? criteria = null, string title = "Orders")
    {
        var export = new NewExport(
            Guid.CreateVersion7(),
            FirstAdministrator.Name,
            new DatasetDefinition { Name = "orders", Title = title, From = "public.orders", DateColumn = "ordered_at" },
            criteria ?? new Criteria { Columns = ["id", "customer"], TimeZone = "UTC" },
            "csv",
            new(),
            IdempotencyKey: null,
            $"hash-{Guid.NewGuid():N}",
            MaxAttempts: 3);
        await new ExportStore(new AppDatabase(app.Database.Pool), Audited.By(app.Database.Pool)).InsertAsync(export, default);
        var staged = new StagedExport(app, export.Id);
        // The reconciler would tell the engine after a while.
        await staged.SetAsync("alarm_at = now() + interval '1 day'");
        return staged;
    }

    public Task RunningAsync(long rows, long total, int attempt = 1) => SetAsync($"""
        status = 'running', attempt = {attempt}, lease_until = now() + interval '1 day', started_at = now() - interval '20 seconds', renewed_at = now(),
        rows = {rows}, total_rows = {total}, bytes = {rows * 50}
        """);

    /// <summary>Running, and nobody knows how many rows there will be.</summary>
    public async Task CountingAsync(long rows)
    {
        await RunningAsync(rows, total: 1);
        await SetAsync("total_rows = NULL");
    }

    public Task CompletedAsync(string warnings = "[]", string fileName = "orders-2026-01-01.csv") => SetAsync($"""
        status = 'completed', attempt = 1, lease_until = NULL, started_at = now() - interval '70 seconds', finished_at = now(), data_as_of = now(),
        rows = 412345, total_rows = 412345, total_is_exact = true, selected_rows = 412345, bytes = 20912345, expires_at = now() + interval '7 days',
        file_key = 'none', file_name = '{fileName}', content_type = 'text/csv', sha256 = '{new string('a', 64)}', warnings = '{warnings}'
        """);

    public Task FailedAsync(string message) => SetAsync($"""
        status = 'failed', attempt = 3, lease_until = NULL, started_at = now() - interval '70 seconds', finished_at = now(),
        error_code = 'query_failed', error_message = '{message}'
        """);

    public Task CanceledAsync() => SetAsync("status = 'canceled', lease_until = NULL, finished_at = now()");

    public async Task ExpiredAsync()
    {
        await CompletedAsync();
        await SetAsync("""
            status = 'expired', file_key = NULL, requested_at = now() - interval '9 days', started_at = now() - interval '9 days',
            finished_at = now() - interval '9 days' + interval '1 minute', expires_at = now() - interval '2 days'
            """);
    }

    public Task SetAsync(string changes) => app.Database.ExecuteAsync($"UPDATE exporthub.export SET {changes} WHERE id = '{id}'");
}
