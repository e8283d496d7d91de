using System.Globalization;
using ExportHub.Language;
using Microsoft.Extensions.Options;

namespace ExportHub.Notifications;

/// <summary>
/// Sends what is due. Every instance has one, with a line for each channel, so that a slow mail server or a large file holds up nothing else. Each delivery is
/// sent at least once: a sender that dies after sending and before writing it down sends it twice, under the same id.
/// </summary>
internal sealed partial class SendDeliveries(
    DeliveryQueue queue, IEnumerable<IDeliver> ways, Poke poke, IOptions<DeliveriesOptions> options, TimeProvider time, ILogger<SendDeliveries> logger) : BackgroundService
{
    private const int AtATime = 8;

    private static readonly TimeSpan RenewEvery = DeliveryQueue.Lease / 3;
    private static readonly TimeSpan ForgetEvery = TimeSpan.FromHours(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll([.. ways.Select(way => LineAsync(way, stoppingToken)), ForgetAsync(stoppingToken)]);

    /// <summary>Takes what is due on one channel and sends it; the answer is how much that was.</summary>
    public async Task<int> SendDueAsync(IDeliver way, CancellationToken cancel)
    {
        var jobs = await queue.TakeAsync(way.Channel, AtATime, cancel);
        await Task.WhenAll(jobs.Select(job => SendAsync(way, job, cancel)));
        return jobs.Count;
    }

    private async Task LineAsync(IDeliver way, CancellationToken cancel)
    {
        await Task.Yield();
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                if (await SendDueAsync(way, cancel) > 0)
                {
                    continue;
                }
            }
            catch (Exception fault) when (!cancel.IsCancellationRequested)
            {
                // The next look tries again; nothing depends on this one.
                LogLookFailed(logger, way.Channel, fault);
            }

            await poke.WaitAsync(way.Channel, options.Value.LookEvery, cancel);
        }
    }

    private async Task SendAsync(IDeliver way, DeliveryJob job, CancellationToken cancel)
    {
        // Recipients have no choice of language yet; what the machine speaks is not theirs.
        CultureInfo.CurrentUICulture = Text.Languages[0];
        var start = time.GetTimestamp();
        var sent = await TryAsync(way, job, cancel);
        if (!await queue.SettleAsync(job, sent, time.GetElapsedTime(start), cancel))
        {
            LogLost(logger, job.Id, job.Try);
        }
        else if (sent.As != SentAs.Arrived)
        {
            LogNotArrived(logger, way.Channel, job.Id, job.Try);
        }
    }

    private async Task<Sent> TryAsync(IDeliver way, DeliveryJob job, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var renewing = RenewAsync(job, stop);
        try
        {
            return await way.SendAsync(job, stop.Token);
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            LogFault(logger, way.Channel, job.Id, fault);
            return Sent.Later(Text.Of("An error inside ExportHub stopped it. An administrator finds the cause in the log."));
        }
        finally
        {
            await stop.CancelAsync();
            await renewing;
        }
    }

    private async Task RenewAsync(DeliveryJob job, CancellationTokenSource stop)
    {
        try
        {
            using var timer = new PeriodicTimer(RenewEvery, time);
            while (await timer.WaitForNextTickAsync(stop.Token))
            {
                if (!await queue.RenewAsync(job, stop.Token))
                {
                    await stop.CancelAsync();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // It is sent.
        }
        catch (Exception fault)
        {
            // Another sender takes it when the lease is over; this one must not go on then.
            LogFault(logger, null, job.Id, fault);
            await stop.CancelAsync();
        }
    }

    private async Task ForgetAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(ForgetEvery, time);
        while (await timer.WaitForNextTickAsync(cancel))
        {
            try
            {
                await queue.ForgetOldAsync(cancel);
            }
            catch (Exception fault) when (!cancel.IsCancellationRequested)
            {
                LogForgetFailed(logger, fault);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What is to be sent by {Channel} could not be looked up")]
    private static partial void LogLookFailed(ILogger logger, Channel channel, Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Channel} delivery {Delivery} did not arrive at try {Try}; why is in its log")]
    private static partial void LogNotArrived(ILogger logger, Channel channel, Guid delivery, int @try);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Channel} delivery {Delivery} met an error")]
    private static partial void LogFault(ILogger logger, Channel? channel, Guid delivery, Exception fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "Delivery {Delivery} was taken over by another sender during try {Try}")]
    private static partial void LogLost(ILogger logger, Guid delivery, int @try);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old deliveries could not be removed")]
    private static partial void LogForgetFailed(ILogger logger, Exception fault);
}
