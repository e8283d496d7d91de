using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ExportHub.Tests.Notifications;

/// <summary>A program that is called by a web hook, on a port of this machine. It answers as it is told, byte for byte.</summary>
internal sealed class HookServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task listening;

    public HookServer()
    {
        listener.Start();
        listening = ListenAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public ConcurrentQueue<HookCall> Calls { get; } = [];

    /// <summary>Writes the whole answer, given the number of the call from 1.</summary>
    public Func<int, Stream, CancellationToken, Task> Answer { get; set; } = (_, stream, cancel) => SayAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", cancel);

    public static Task SayAsync(Stream stream, string text, CancellationToken cancel) => stream.WriteAsync(Encoding.Latin1.GetBytes(text), cancel).AsTask();

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await listening;
        stop.Dispose();
    }

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptTcpClientAsync(stop.Token));
            }
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await using var stream = client.GetStream();
                Calls.Enqueue(await HearAsync(stream));
                await Answer(Calls.Count, stream, stop.Token);
            }
            catch (Exception over) when (over is IOException or OperationCanceledException)
            {
                // The caller has hung up, as it should when an answer does not end.
            }
        }
    }

    private async Task<HookCall> HearAsync(NetworkStream stream)
    {
        var heard = new List<byte>();
        var buffer = new byte[4096];
        while (true)
        {
            var text = Encoding.UTF8.GetString([.. heard]);
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end > 0)
            {
                var headers = text[..end].Split("\r\n").Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
                var body = Encoding.UTF8.GetBytes(text[(end + 4)..]);
                if (body.Length >= int.Parse(headers["Content-Length"], System.Globalization.CultureInfo.InvariantCulture))
                {
                    return new HookCall(headers, body);
                }
            }

            var read = await stream.ReadAsync(buffer, stop.Token);
            heard.AddRange(read > 0 ? buffer[..read] : throw new IOException("The caller has hung up."));
        }
    }
}

internal sealed record HookCall(IReadOnlyDictionary<string, string> Headers, byte[] Body);
