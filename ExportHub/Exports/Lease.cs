namespace ExportHub.Exports;

/// <summary>
/// Keeps an attempt's lease while it works: renews it with the progress, and fires <see cref="Lost"/> when the attempt must stop,
/// because a cancel was asked, another attempt took over, or the lease could not be renewed in time. The time limit is taken from the
/// monotonic clock at the moment a renewal was sent, so this side always gives up before the database side does.
/// </summary>
internal sealed partial class Lease : IAsyncDisposable
{
    private readonly AttemptStore store;
    private readonly AttemptId attempt;
    private readonly Progress progress;
    private readonly ExportsOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly CancellationTokenSource lost = new();
    private readonly CancellationTokenSource ended = new();
    private readonly Task renewing;
    private long trustedSince;

    /// <param name="claimedAt">Timestamp of <paramref name="time"/> from before the claim was sent.</param>
    public Lease(
        AttemptStore store, AttemptId attempt, Progress progress, ExportsOptions options, long claimedAt, TimeProvider time, ILogger logger)
    {
        (this.store, this.attempt, this.progress, this.options, this.time, this.logger) = (store, attempt, progress, options, time, logger);
        trustedSince = claimedAt;
        renewing = Task.Run(RenewAsync);
    }

    /// <summary>Fires once, when the attempt must stop.</summary>
    public CancellationToken Lost => lost.Token;

    /// <summary>Why <see cref="Lost"/> fired; <see cref="Renewal.GoOn"/> while it has not. An expired lease counts as fenced.</summary>
    public Renewal Verdict { get; private set; } = Renewal.GoOn;

    /// <summary>Time left in which this attempt is surely the only one.</summary>
    public TimeSpan Remaining => options.Lease - Margin - time.GetElapsedTime(Volatile.Read(ref trustedSince));

    /// <summary>What stopping takes: the attempt gives up this long before its lease ends.</summary>
    private TimeSpan Margin => options.Lease / 6;

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await renewing;
        ended.Dispose();
        lost.Dispose();
    }

    private async Task RenewAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(options.RenewEvery, time);
            while (Verdict == Renewal.GoOn && await timer.WaitForNextTickAsync(ended.Token))
            {
                Verdict = await RenewOnceAsync();
            }

            await lost.CancelAsync();
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The attempt is over.
        }
    }

    private async Task<Renewal> RenewOnceAsync()
    {
        if (Remaining <= TimeSpan.Zero)
        {
            LogLeaseRanOut(logger);
            return Renewal.Fenced;
        }

        var sent = time.GetTimestamp();
        using var patience = new CancellationTokenSource(Remaining, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ended.Token);
        try
        {
            var renewal = await store.RenewAsync(attempt, progress, options.Lease, either.Token);
            Volatile.Write(ref trustedSince, sent);
            return renewal;
        }
        catch (Exception fault) when (!ended.IsCancellationRequested)
        {
            // Whatever it was, it may pass before the lease ends; the next round decides.
            LogRenewalFailed(logger, fault);
            return Renewal.GoOn;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease could not be renewed; trying again while it lasts")]
    private static partial void LogRenewalFailed(ILogger logger, Exception fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "The lease ran out before it could be renewed; this attempt stops")]
    private static partial void LogLeaseRanOut(ILogger logger);
}
