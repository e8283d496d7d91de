using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace ExportHub.Tests.Hostile;

/// <summary>Speaks HTTP byte by byte, because no client sends what an attacker does.</summary>
internal static partial class RawDoor
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Sends the head and then what is written, until the server has answered; whether it goes on reading what is sent is not waited for.</summary>
    public static async Task<string> AskAsync(Uri site, string head, Func<Stream, CancellationToken, Task>? write = null)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var connection = new TcpClient();
        await connection.ConnectAsync(site.Host, site.Port, patience.Token);
        await using var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(head + "Connection: close\r\n\r\n"), patience.Token);
        // Apart, because a writer whom nothing holds up would keep the answer from being read.
        var writing = Task.Run(() => WriteAsync(stream, write, patience.Token));
        using var said = new MemoryStream();
        try
        {
            var buffer = new byte[16 * 1024];
            int read;
            while (!IsWhole(Encoding.Latin1.GetString(said.ToArray())) && (read = await stream.ReadAsync(buffer, patience.Token)) > 0)
            {
                said.Write(buffer, 0, read);
            }
        }
        catch (IOException)
        {
            // Reset, because what was sent is not read any further. What was said before counts.
        }

        await patience.CancelAsync();
        await writing;
        return Encoding.Latin1.GetString(said.ToArray());
    }

    /// <summary>0 when there was no answer.</summary>
    public static int StatusOf(string said) => said.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) ? int.Parse(said.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture) : 0;

    private static bool IsWhole(string said) =>
        said.EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal)
        || (said.IndexOf("\r\n\r\n", StringComparison.Ordinal) is > 0 and var end && Length().Match(said[..end]) is { Success: true } length
            && said.Length >= end + 4 + int.Parse(length.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture));

    [GeneratedRegex(@"\r\nContent-Length: (\d+)")]
    private static partial Regex Length();

    private static async Task WriteAsync(NetworkStream stream, Func<Stream, CancellationToken, Task>? write, CancellationToken cancel)
    {
        try
        {
            await (write?.Invoke(stream, cancel) ?? Task.CompletedTask);
        }
        catch (Exception closed) when (closed is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The server has had enough.
        }
    }
}
