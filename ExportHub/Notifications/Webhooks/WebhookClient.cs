using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using ExportHub.Language;
using Microsoft.Extensions.Options;

namespace ExportHub.Notifications.Webhooks;

/// <summary>
/// Calls web hooks. It connects to no address but one that <see cref="WebhookAddress"/> permits, follows nothing, keeps no cookies, knows no proxy, and reads no
/// more of an answer than it needs.
/// </summary>
internal sealed class WebhookClient : IDisposable
{
    public const string IdHeader = "ExportHub-Delivery";

    private const int MostAnswer = 64 * 1024;
    private const int LongestShown = 300;

    private readonly WebhookAddress addresses;
    private readonly WebhooksOptions options;
    private readonly TimeProvider time;
    private readonly HttpClient http;

    public WebhookClient(WebhookAddress addresses, IOptions<WebhooksOptions> options, TimeProvider time)
    {
        this.addresses = addresses;
        this.options = options.Value;
        this.time = time;
#pragma warning disable CA2000 // The client disposes its handler.
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxResponseHeadersLength = MostAnswer / 1024,
            // What was permitted is asked anew for each call.
            PooledConnectionLifetime = TimeSpan.Zero,
            ConnectCallback = ConnectAsync,
        };
#pragma warning restore CA2000
        http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("ExportHub", "1"));
    }

    /// <summary>One call. Any 2xx is an arrival; 410 says that nobody wants it any more.</summary>
    public async Task<Sent> CallAsync(string url, string secret, WebhookBody body, CancellationToken cancel)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || (address.Scheme != "https" && !(address.Scheme == "http" && options.AllowHttp)))
        {
            return Sent.Never(Text.Of("The address is not permitted any more."));
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(options.Timeout);
        using var request = RequestOf(address, secret, body);
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            return Judge(answer, await ShownAsync(answer, patience.Token));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Sent.Later(Text.Of("There was no answer within {0:0.#} s.", options.Timeout.TotalSeconds));
        }
        catch (HttpRequestException fault) when (fault.InnerException is RefusedAddressException refused)
        {
            return Sent.Never(refused.Message);
        }
        catch (HttpRequestException fault)
        {
            return Sent.Later(Text.Of("The call failed: {0}", fault.InnerException?.Message ?? fault.Message));
        }
    }

    public void Dispose() => http.Dispose();

    private HttpRequestMessage RequestOf(Uri address, string secret, WebhookBody body)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, NotificationsJson.Options);
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(WebhookSignature.Header, WebhookSignature.Of(secret, time.GetUtcNow(), bytes));
        request.Headers.Add(IdHeader, body.Id.ToString());
        return request;
    }

    private static Sent Judge(HttpResponseMessage answer, string shown)
    {
        var told = $"{(int)answer.StatusCode} {answer.StatusCode}{(shown.Length == 0 ? "" : $": {shown}")}";
        return answer.IsSuccessStatusCode ? Sent.Arrived(told)
            : answer.StatusCode == HttpStatusCode.Gone ? Sent.Never(told)
            : (int)answer.StatusCode is >= 300 and < 400 ? Sent.Later(Text.Of("The answer {0} leads elsewhere, which is not followed.", (int)answer.StatusCode))
            : Sent.Later(told);
    }

    /// <summary>The beginning of the answer as text. The status is known by then, so an answer that does not end is no fault.</summary>
    private static async Task<string> ShownAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        var buffer = new byte[MostAnswer];
        var read = 0;
        try
        {
            await using var stream = await answer.Content.ReadAsStreamAsync(cancel);
            while (read < buffer.Length && await stream.ReadAsync(buffer.AsMemory(read), cancel) is > 0 and var more)
            {
                read += more;
            }
        }
        catch (Exception cut) when (cut is IOException or HttpRequestException or OperationCanceledException)
        {
            // What came so far is enough to show.
        }

        return OneLine.Of(System.Text.Encoding.UTF8.GetString(buffer, 0, Math.Min(read, LongestShown * 4)).Trim(), LongestShown);
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var permitted = await addresses.ResolveAsync(context.DnsEndPoint.Host, cancel);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(permitted, context.DnsEndPoint.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
