using ExportHub.Access;
using ExportHub.Database;
using ExportHub.Datasets;
using ExportHub.Exports;

namespace ExportHub.Tests.Exports;

public sealed class AttemptStoreTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly ExportsOptions Options = new() { Lease = TimeSpan.FromMinutes(1) };
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    private readonly AttemptStore attempts = new(new AppDatabase(database.Pool));
    private readonly ExportStore exports = new(new AppDatabase(database.Pool), Audited.By(database.Pool));

    [Fact]
    public async Task Of_twenty_claims_at_once_one_wins()
    {
        var id = await SampleExport.InsertAsync(database);

        var claims = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => attempts.ClaimAsync(id, Options, default)));

        Assert.Equal(1, Assert.Single(claims, claim => claim is not null));
    }

    [Fact]
    public async Task A_lease_that_ran_out_lets_the_next_attempt_in_and_fences_the_old_one()
    {
        var (old, next) = await TakeOverAsync();

        Assert.Equal(old.Number + 1, next.Number);
        Assert.Equal(Renewal.Fenced, await attempts.RenewAsync(old, new Progress(), Options.Lease, default));
        Assert.False(await attempts.PublishAsync(old, SampleExport.File(old), Week, default));
        Assert.False(await attempts.FailAsync(old, new ExportError("x", "y"), default));
        Assert.False(await attempts.PostponeAsync(old, new ExportError("x", "y"), TimeSpan.Zero, default));
        Assert.False(await attempts.ReleaseAsync(old, default));
        Assert.False(await attempts.CancelAsync(old, default));
        Assert.True(await attempts.PublishAsync(next, SampleExport.File(next), Week, default));
        Assert.Equal(SampleExport.File(next).Key, (await exports.FindAsync(next.Id, default))!.FileKey);
    }

    [Fact]
    public async Task Claims_end_with_the_attempts()
    {
        var id = await SampleExport.InsertAsync(database, attempts: 2);
        for (var number = 1; number <= 2; number++)
        {
            Assert.Equal(number, await attempts.ClaimAsync(id, Options, default));
            await ExpireLeaseAsync(id);
        }

        Assert.Null(await attempts.ClaimAsync(id, Options, default));
    }

    [Fact]
    public async Task Progress_is_in_the_row_after_a_renewal()
    {
        var attempt = await ClaimAsync();
        var progress = new Progress();
        var tally = new RowTally(estimate: 90, limit: null);
        progress.Begin(tally, DateTimeOffset.UnixEpoch);
        tally.Count(100);
        progress.Advance(42, 4200);

        Assert.Equal(Renewal.GoOn, await attempts.RenewAsync(attempt, progress, Options.Lease, default));

        var export = (await exports.FindAsync(attempt.Id, default))!;
        Assert.Equal((42, 4200, 100, true), (export.Rows, export.Bytes, export.TotalRows, export.TotalIsExact));
        Assert.Equal(DateTimeOffset.UnixEpoch, export.DataAsOf);
    }

    [Fact]
    public async Task The_percentage_never_falls_within_an_attempt_and_begins_anew_with_the_next()
    {
        var attempt = await ClaimAsync();
        var progress = new Progress();
        var tally = new RowTally(estimate: 100, limit: null);
        progress.Begin(tally, DateTimeOffset.UnixEpoch);
        progress.Advance(42, 4200);
        await attempts.RenewAsync(attempt, progress, Options.Lease, default);
        Assert.Equal(42, await PercentAsync(attempt.Id));

        // There are far more than were expected.
        tally.Count(10_000);
        progress.Advance(43, 4300);
        await attempts.RenewAsync(attempt, progress, Options.Lease, default);
        Assert.Equal(42, await PercentAsync(attempt.Id));

        await ExpireLeaseAsync(attempt.Id);
        Assert.Equal(2, await attempts.ClaimAsync(attempt.Id, Options, default));
        await attempts.RenewAsync(attempt with { Number = 2 }, progress, Options.Lease, default);
        Assert.Equal(0, await PercentAsync(attempt.Id));
    }

    [Fact]
    public async Task A_cancel_reaches_the_renewal_and_stops_the_publishing()
    {
        var attempt = await ClaimAsync();

        Assert.True(await exports.CancelAsync(attempt.Id, Viewer.Everything, act: null, default));

        Assert.Equal(Renewal.CancelAsked, await attempts.RenewAsync(attempt, new Progress(), Options.Lease, default));
        Assert.False(await attempts.PublishAsync(attempt, SampleExport.File(attempt), Week, default));
        Assert.True(await attempts.CancelAsync(attempt, default));
        var export = (await exports.FindAsync(attempt.Id, default))!;
        Assert.Equal(ExportStatus.Canceled, export.Status);
        Assert.Null(export.FileKey);
    }

    [Fact]
    public async Task Publishing_said_again_is_true_again()
    {
        var attempt = await ClaimAsync();

        Assert.True(await attempts.PublishAsync(attempt, SampleExport.File(attempt), Week, default));
        var first = await exports.FindAsync(attempt.Id, default);
        Assert.True(await attempts.PublishAsync(attempt, SampleExport.File(attempt), Week, default));

        var export = (await exports.FindAsync(attempt.Id, default))!;
        Assert.Equal(first!.FinishedAt, export.FinishedAt);
        Assert.Equal(export.FinishedAt + Week, export.ExpiresAt);
        Assert.Equal((ExportStatus.Completed, 3, 30), (export.Status, export.Rows, export.Bytes));
    }

    [Fact]
    public async Task A_cancel_after_the_publishing_is_too_late()
    {
        var attempt = await ClaimAsync();
        await attempts.PublishAsync(attempt, SampleExport.File(attempt), Week, default);

        Assert.False(await exports.CancelAsync(attempt.Id, Viewer.Everything, act: null, default));
    }

    [Fact]
    public async Task Cancel_and_publish_at_once_never_both_win()
    {
        for (var round = 0; round < 50; round++)
        {
            var attempt = await ClaimAsync();

            await Task.WhenAll(exports.CancelAsync(attempt.Id, Viewer.Everything, act: null, default), attempts.PublishAsync(attempt, SampleExport.File(attempt), Week, default));
            await attempts.CancelAsync(attempt, default);

            var export = (await exports.FindAsync(attempt.Id, default))!;
            Assert.True(
                export is { Status: ExportStatus.Completed, FileKey: not null } or { Status: ExportStatus.Canceled, FileKey: null },
                $"{export.Status} with file {export.FileKey}");
        }
    }

    [Fact]
    public async Task A_postponed_export_waits_for_its_time()
    {
        var attempt = await ClaimAsync();

        Assert.True(await attempts.PostponeAsync(attempt, new ExportError("source_unavailable", "Down."), TimeSpan.FromHours(1), default));

        Assert.Null(await attempts.ClaimAsync(attempt.Id, Options, default));
        var export = (await exports.FindAsync(attempt.Id, default))!;
        Assert.Equal((ExportStatus.Queued, "source_unavailable"), (export.Status, export.Error!.Code));
        Assert.NotNull(export.NextAttemptAt);
    }

    [Fact]
    public async Task The_last_attempt_cannot_be_postponed()
    {
        var id = await SampleExport.InsertAsync(database, attempts: 1);
        var attempt = new AttemptId(id, (await attempts.ClaimAsync(id, Options, default))!.Value);

        Assert.False(await attempts.PostponeAsync(attempt, new ExportError("x", "y"), TimeSpan.Zero, default));
        Assert.True(await attempts.FailAsync(attempt, new ExportError("x", "y"), default));
    }

    [Fact]
    public async Task A_released_attempt_does_not_count()
    {
        var id = await SampleExport.InsertAsync(database, attempts: 1);
        var attempt = new AttemptId(id, (await attempts.ClaimAsync(id, Options, default))!.Value);

        Assert.True(await attempts.ReleaseAsync(attempt, default));

        Assert.Equal(2, await attempts.ClaimAsync(id, Options, default));
    }

    [Fact]
    public async Task A_failed_export_runs_again_when_asked_and_a_running_one_does_not()
    {
        var attempt = await ClaimAsync();
        Assert.Null(await exports.RetryAsync(attempt.Id, Viewer.Everything, 3, act: null, default));
        await attempts.FailAsync(attempt, new ExportError("x", "y"), default);

        Assert.Equal(Lane.Interactive, await exports.RetryAsync(attempt.Id, Viewer.Everything, 3, act: null, default));

        var export = (await exports.FindAsync(attempt.Id, default))!;
        Assert.Equal((ExportStatus.Queued, (ExportError?)null), (export.Status, export.Error));
        Assert.Equal(attempt.Number + 1, await attempts.ClaimAsync(attempt.Id, Options, default));
    }

    private async Task<(AttemptId Old, AttemptId Next)> TakeOverAsync()
    {
        var old = await ClaimAsync();
        await ExpireLeaseAsync(old.Id);
        return (old, new AttemptId(old.Id, (await attempts.ClaimAsync(old.Id, Options, default))!.Value));
    }

    private async Task<int?> PercentAsync(Guid id) => StatusDocument.Of((await exports.FindAsync(id, default))!, 0, new PollingOptions()).Progress.Percent;

    private async Task<AttemptId> ClaimAsync()
    {
        var id = await SampleExport.InsertAsync(database);
        return new AttemptId(id, (await attempts.ClaimAsync(id, Options, default))!.Value);
    }

    private Task ExpireLeaseAsync(Guid id) =>
        database.ExecuteAsync($"UPDATE exporthub.export SET lease_until = now() - interval '1 second' WHERE id = '{id}'");
}
