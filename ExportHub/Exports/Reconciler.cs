using System.Globalization;
using ExportHub.Database;
using ExportHub.Files;
using Microsoft.Extensions.Options;

namespace ExportHub.Exports;

/// <summary>
/// Sees to it that no export is forgotten, no file outlives its time and no part is left over. Every instance has one; one at a time cleans up.
/// </summary>
internal sealed partial class Reconciler(
    AppDatabase database,
    AttemptStore attempts,
    ForgottenExports forgotten,
    OutdatedFiles outdated,
    IFileStore files,
    IExportQueue queue,
    IOptions<ExportsOptions> options,
    ExportMeter meter,
    TimeProvider time,
    ILogger<Reconciler> logger) : BackgroundService
{
    /// <summary>So many removals that fail in one round mean that the store does not answer.</summary>
    private const int Patience = 5;

    private long? lastSweep;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.ReconcileEvery, time);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ReconcileAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // The next round tries again; nothing depends on this one.
                LogRoundFailed(logger, fault);
            }

            await timer.WaitForNextTickAsync(stoppingToken);
        }
    }

    /// <summary>One round; leaves the cleaning up to another instance that is at it.</summary>
    public async Task ReconcileAsync(CancellationToken cancel)
    {
        for (var closed = await forgotten.CloseDeadAsync(options.Value.MaxCrashes, cancel); closed > 0; closed--)
        {
            meter.Fail("crash_loop", final: true);
        }

        await WakeAsync(cancel);
        await using var session = await ReconcileSession.TryOpenAsync(database, cancel);
        if (session is null)
        {
            return;
        }

        await ExpireAsync(cancel);
        await SweepAsync(session, cancel);
    }

    private async Task WakeAsync(CancellationToken cancel)
    {
        foreach (var (id, lane, begun) in await forgotten.TakeAsync(options.Value.AlarmGrace, cancel))
        {
            LogForgotten(logger, id);
            await (begun ? queue.EnqueueFirstAsync(id, lane, cancel) : queue.EnqueueAsync(id, lane, TimeSpan.Zero, cancel));
        }

        foreach (var (id, lane) in await attempts.TakeFreedAsync(options.Value.RunningPerUser, cancel))
        {
            await queue.EnqueueAsync(id, lane, TimeSpan.Zero, cancel);
        }
    }

    /// <summary>A file that cannot be removed keeps no other from it; its row stays as it is, and the next round tries again.</summary>
    private async Task ExpireAsync(CancellationToken cancel)
    {
        var failed = 0;
        foreach (var (id, fileKey) in await outdated.FindAsync(cancel))
        {
            try
            {
                await outdated.ExpireAsync(id, fileKey, cancel);
                LogExpired(logger, id);
            }
            catch (Exception fault) when (!cancel.IsCancellationRequested && ++failed < Patience)
            {
                LogNotExpired(logger, fault, id);
            }
        }
    }

    /// <summary>
    /// Removes what no row names. The rows are asked after the objects were seen, so a file on its way to being published has a running attempt.
    /// </summary>
    private async Task SweepAsync(ReconcileSession session, CancellationToken cancel)
    {
        if (lastSweep is { } last && time.GetElapsedTime(last) < options.Value.SweepEvery)
        {
            return;
        }

        await foreach (var seen in files.ListAsync(cancel).Where(stored => Owner(stored.Name) is not null).Chunk(1000).WithCancellation(cancel))
        {
            var named = seen.Select(stored => (Owner(stored.Name)!.Value.Id, Owner(stored.Name)!.Value.Attempt, stored.Name)).ToArray();
            var orphans = (await session.FindOrphansAsync(named, cancel)).ToHashSet();
            foreach (var orphan in seen.Where(stored => orphans.Contains(stored.Name)))
            {
                await files.DeleteAsync(orphan, cancel);
                LogOrphan(logger, orphan.Name);
            }
        }

        lastSweep = time.GetTimestamp();
    }

    /// <summary>The export and attempt in a name of ours, `{id}/{attempt}.{ending}`; null for a file that somebody else put there.</summary>
    private static (Guid Id, int Attempt)? Owner(string name) =>
        name.Split('/') is [var folder, var file]
        && Guid.TryParseExact(folder, "D", out var id)
        && int.TryParse(file.AsSpan(0, file.IndexOf('.') is var dot and > 0 ? dot : 0), NumberStyles.None, CultureInfo.InvariantCulture, out var attempt)
            ? (id, attempt)
            : null;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Export {ExportId} was due and nobody worked on it; the engine is told again")]
    private static partial void LogForgotten(ILogger logger, Guid exportId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Export {ExportId} expired; its file is removed")]
    private static partial void LogExpired(ILogger logger, Guid exportId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The file of export {ExportId} could not be removed; the next round tries again")]
    private static partial void LogNotExpired(ILogger logger, Exception fault, Guid exportId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Removed {Name}, which no export names")]
    private static partial void LogOrphan(ILogger logger, string name);

    [LoggerMessage(Level = LogLevel.Error, Message = "A round of the reconciler failed")]
    private static partial void LogRoundFailed(ILogger logger, Exception fault);
}
