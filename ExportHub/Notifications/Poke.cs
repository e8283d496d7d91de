using System.Threading.Channels;

namespace ExportHub.Notifications;

/// <summary>Wakes the senders of this instance, so that what it just stored does not wait for their next look.</summary>
internal sealed class Poke
{
    private readonly Channel<bool>[] lines = [.. Enum.GetValues<Channel>().Select(_ => System.Threading.Channels.Channel.CreateBounded<bool>(1))];

    public void Wake()
    {
        foreach (var line in lines)
        {
            line.Writer.TryWrite(true);
        }
    }

    /// <summary>Ends with a call of <see cref="Wake"/> since the last wait, and else after <paramref name="longest"/>.</summary>
    public async Task WaitAsync(Channel channel, TimeSpan longest, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(longest);
        try
        {
            await lines[(int)channel].Reader.ReadAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // Nobody called, and it is time to look.
        }
    }
}
