using ExportHub.Files;
using Microsoft.Extensions.Options;

namespace ExportHub.Exports;

/// <summary>What a run came to. A failed export is an exception instead, so that the engine shows a failed job.</summary>
internal enum RunOutcome
{
    /// <summary>The export is not waiting: done, canceled, or another attempt has it.</summary>
    NothingToDo,
    Completed,
    Canceled,

    /// <summary>Another attempt took over, or the lease was lost; nothing was published by this one.</summary>
    Fenced,

    /// <summary>A transient failure; queued again with a delay.</summary>
    Postponed,

    /// <summary>This instance stops; queued again for another.</summary>
    Released,
}

/// <summary>The export ended as failed; the row says why.</summary>
internal sealed class ExportFailedException(Failure failure, Exception cause) : Exception($"{failure.Code}: {failure.Message}", cause);

/// <summary>Runs one attempt: claim, read, write, publish. Called by the job engine; a call too many does nothing.</summary>
internal sealed partial class RunExport(
    ExportStore exports,
    AttemptStore attempts,
    ExportFile file,
    IFileStore files,
    IExportQueue queue,
    IOptions<ExportsOptions> options,
    IOptions<FilesOptions> fileOptions,
    ExportMeter meter,
    TimeProvider time,
    ILogger<RunExport> logger)
{
    private static readonly Func<ILogger, Guid, IDisposable?> Scope = LoggerMessage.DefineScope<Guid>("Export {ExportId}");

    private static readonly Func<ILogger, int, IDisposable?> AttemptScope = LoggerMessage.DefineScope<int>("attempt {Attempt}");

    private static readonly TimeSpan TimeToSayGoodbye = TimeSpan.FromSeconds(5);

    /// <param name="stopping">Fires when this instance stops; the export then goes back to the queue.</param>
    public async Task<RunOutcome> RunAsync(Guid id, CancellationToken stopping)
    {
        using var scope = Scope(logger, id);
        var claimedAt = time.GetTimestamp();
        if (await CutConnection.TryAgainAsync(() => attempts.ClaimAsync(id, options.Value, stopping), stopping) is not { } number
            || await CutConnection.TryAgainAsync(() => exports.FindAsync(id, stopping), stopping) is not { } export)
        {
            LogNothingToDo(logger, id);
            return RunOutcome.NothingToDo;
        }

        var attempt = new AttemptId(id, number);
        var progress = new Progress();
        using var attemptScope = AttemptScope(logger, number);
        using var counted = meter.Begin(export.Lane, progress);
        await using var lease = new Lease(attempts, attempt, progress, options.Value, claimedAt, time, logger);
        LogStarted(logger, id, number);
        try
        {
            var outcome = await AttemptAsync(export, attempt, progress, lease, stopping);
            LogEnded(logger, id, number, outcome, progress.Rows);
            return outcome;
        }
        finally
        {
            await RingFreedAsync(stopping);
        }
    }

    private async Task<RunOutcome> AttemptAsync(Export export, AttemptId attempt, Progress progress, Lease lease, CancellationToken stopping)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping, lease.Lost);
        try
        {
            var written = await file.WriteAsync(export, attempt, progress, stop.Token);
            return await PublishAsync(attempt, written, lease, stopping);
        }
        catch (Exception) when (lease.Verdict == Renewal.CancelAsked)
        {
            return await CancelAsync(attempt, stopping);
        }
        catch (Exception) when (lease.Verdict == Renewal.Fenced)
        {
            return RunOutcome.Fenced;
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            return await ReleaseAsync(attempt);
        }
        catch (Exception fault)
        {
            return await SettleFailureAsync(attempt, export, fault, stopping);
        }
    }

    /// <summary>
    /// Says it until the row answers, for as long as the lease surely lasts. Only a clear "no" removes the file: after a lost answer
    /// the row may name it, and the orphan sweep removes what no row names.
    /// </summary>
    private async Task<RunOutcome> PublishAsync(AttemptId attempt, PublishedFile written, Lease lease, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                if (await attempts.PublishAsync(attempt, written, fileOptions.Value.Retention, CancellationToken.None))
                {
                    return RunOutcome.Completed;
                }

                meter.LosePublish();
                await files.DeleteAsync(written.Key, CancellationToken.None);
                return await attempts.CancelAsync(attempt, CancellationToken.None) ? RunOutcome.Canceled : RunOutcome.Fenced;
            }
            catch (Exception fault) when (Failure.Of(fault).Transient && lease.Remaining > TimeSpan.Zero && !stopping.IsCancellationRequested)
            {
                LogPublishFailed(logger, fault);
                await Task.Delay(options.Value.RenewEvery, time, stopping);
            }
        }
    }

    private async Task<RunOutcome> CancelAsync(AttemptId attempt, CancellationToken stopping) =>
        await attempts.CancelAsync(attempt, stopping) ? RunOutcome.Canceled : RunOutcome.Fenced;

    private async Task<RunOutcome> ReleaseAsync(AttemptId attempt)
    {
        using var goodbye = new CancellationTokenSource(TimeToSayGoodbye, time);
        return await attempts.ReleaseAsync(attempt, goodbye.Token) ? RunOutcome.Released : RunOutcome.Fenced;
    }

    private async Task<RunOutcome> SettleFailureAsync(AttemptId attempt, Export export, Exception fault, CancellationToken stopping)
    {
        var failure = Failure.Of(fault);
        var error = new ExportError(failure.Code, failure.Message);
        var delay = DelayBefore(attempt);
        if (failure.Transient && await attempts.PostponeAsync(attempt, error, delay, stopping))
        {
            meter.Fail(failure.Code, final: false);
            LogPostponed(logger, fault, export.Id, attempt.Number, failure.Code, delay);
            await queue.EnqueueAsync(export.Id, export.Lane, delay, stopping);
            return RunOutcome.Postponed;
        }

        if (!await attempts.FailAsync(attempt, error, stopping))
        {
            return RunOutcome.Fenced;
        }

        meter.Fail(failure.Code, final: true);
        throw new ExportFailedException(failure, fault);
    }

    /// <summary>By chance a fifth more or less, so that what failed together does not come back together.</summary>
    private TimeSpan DelayBefore(AttemptId attempt) =>
        options.Value.RetryDelay * Math.Pow(4, Math.Min(attempt.Number - 1, 4)) * (0.8 + (0.4 * Random.Shared.NextDouble()));

    /// <summary>What waited for this export to end may start now. Should this fail, the reconciler does it.</summary>
    private async Task RingFreedAsync(CancellationToken stopping)
    {
        try
        {
            foreach (var (id, lane) in await attempts.TakeFreedAsync(options.Value.RunningPerUser, stopping))
            {
                await queue.EnqueueAsync(id, lane, TimeSpan.Zero, stopping);
            }
        }
        catch (Exception fault)
        {
            LogNotRung(logger, fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Export {ExportId}: nothing to do")]
    private static partial void LogNothingToDo(ILogger logger, Guid exportId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Export {ExportId}: attempt {Attempt} started")]
    private static partial void LogStarted(ILogger logger, Guid exportId, int attempt);

    [LoggerMessage(Level = LogLevel.Information, Message = "Export {ExportId}: attempt {Attempt} ended as {Outcome} after {Rows} rows")]
    private static partial void LogEnded(ILogger logger, Guid exportId, int attempt, RunOutcome outcome, long rows);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Export {ExportId}: attempt {Attempt} met {Code}; trying again in {Delay}")]
    private static partial void LogPostponed(ILogger logger, Exception fault, Guid exportId, int attempt, string code, TimeSpan delay);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What waited for this export could not be started; the reconciler does it")]
    private static partial void LogNotRung(ILogger logger, Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The file could not be published; trying again while the lease lasts")]
    private static partial void LogPublishFailed(ILogger logger, Exception fault);
}
