using ExportHub.Access;
using ExportHub.Database;
using ExportHub.Exports;
using Npgsql;

namespace ExportHub.Tests.Exports;

/// <summary>What an administrator does is there together with its reason, or not at all.</summary>
public sealed class AdminActTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    // The table refuses it: so does a full disk, at the same moment.
    private static readonly AdminAct CannotBeKept = new(" ");

    [Fact]
    public async Task A_switch_whose_reason_cannot_be_kept_stays_as_it_is()
    {
        var modes = new ServiceModeStore(new AppDatabase(database.Pool), Audited.By(database.Pool));

        await Assert.ThrowsAsync<PostgresException>(() => modes.PauseIntakeAsync(true, CannotBeKept, default));
        await Assert.ThrowsAsync<PostgresException>(() => modes.DrainAsync(true, CannotBeKept, default));

        Assert.Equal(new ServiceMode(IntakePaused: false, Draining: false), await modes.ReadAsync(default));
    }

    [Fact]
    public async Task A_cancel_and_a_retry_whose_reason_cannot_be_kept_change_nothing()
    {
        var exports = new ExportStore(new AppDatabase(database.Pool), Audited.By(database.Pool));
        var id = await SampleExport.InsertAsync(database);

        await Assert.ThrowsAsync<PostgresException>(() => exports.CancelAsync(id, Viewer.Everything, CannotBeKept, default));
        Assert.Equal(ExportStatus.Queued, (await exports.FindAsync(id, default))!.Status);

        Assert.True(await exports.CancelAsync(id, Viewer.Everything, act: null, default));
        await Assert.ThrowsAsync<PostgresException>(() => exports.RetryAsync(id, Viewer.Everything, 3, CannotBeKept, default));
        Assert.Equal(ExportStatus.Canceled, (await exports.FindAsync(id, default))!.Status);
    }
}
