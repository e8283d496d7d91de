using ExportHub.Datasets;
using ExportHub.Language;
using Microsoft.Extensions.Options;

namespace ExportHub.Exports;

/// <summary>What stands before an export besides its rows: the person's other exports, the workers, room, and how long such exports took.</summary>
internal sealed class PreflightRoom(PreflightStore store, ForecastStore files, ForecastExport forecasts, Admission admission, PersonalTerms terms, IOptions<ExportsOptions> options)
{
    /// <summary>Asked for before the size is known; the answer tells it for each size.</summary>
    public async Task<Func<long?, PreflightQuota>> QuotaAsync(string by, CancellationToken cancel)
    {
        var crowd = await store.CrowdAsync(by, cancel);
        var (_, used) = await files.BytesAsync(by, cancel);
        var limit = await terms.QuotaAsync(by, cancel);
        return bytes =>
        {
            var lane = bytes > options.Value.BulkBytes ? Lane.Bulk : Lane.Interactive;
            var (running, ahead) = lane == Lane.Bulk ? (crowd.BulkRunning, crowd.BulkWaiting) : (crowd.Running, crowd.Waiting);
            return new PreflightQuota(
                crowd.MineRunning, options.Value.RunningPerUser, crowd.MineWaiting, used, limit, limit is null ? null : Math.Max(0, limit.Value - used), ahead,
                WorkersBusy: ahead > 0 || running >= options.Value.WorkersOf(lane) || crowd.MineRunning >= options.Value.RunningPerUser);
        };
    }

    /// <summary>By the same forecast that decides when the export is asked for; null when it would be taken.</summary>
    public async Task<PreflightRefusal?> RefusalAsync(Asked asked, CancellationToken cancel)
    {
        var forecast = await forecasts.OfAsync(asked.Dataset, asked.Criteria, asked.Settings, asked.Options.Compression, cancel);
        return await admission.RefuseAsync(asked.By, forecast, cancel) switch
        {
            RequestOutcome.Paused => new("paused", Text.Of("New exports are not taken at the moment, because an administrator has paused them.")),
            RequestOutcome.QuotaReached quota => new("quota", quota.Message),
            RequestOutcome.NoRoom room => new("no_room", room.Message),
            _ => null,
        };
    }

    public Task<(double? PerRow, double? Least)> PaceAsync(Asked asked, CancellationToken cancel) =>
        store.PaceAsync(asked.Dataset.Name, asked.Settings.Format.Name, asked.Options.Compression, cancel);
}
