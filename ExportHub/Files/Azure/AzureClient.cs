using System.Globalization;
using System.Net;
using ExportHub.Files.Remote;
using Microsoft.AspNetCore.WebUtilities;

namespace ExportHub.Files.Azure;

/// <summary>The REST interface of Azure Blob Storage: signed, repeated while the service is busy, bounded in time, and with faults that <see cref="IFileStore"/> knows.</summary>
internal sealed class AzureClient(AzureOptions options, TimeProvider time, TimeSpan patience) : IDisposable
{
    /// <summary>Of the interface; signatures of links are as it has them.</summary>
    public const string Version = "2021-12-02";

    private const int MostTries = 9;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(20);

    private readonly HttpClient http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(10), PooledConnectionLifetime = TimeSpan.FromMinutes(10) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private readonly SharedKey? key = string.IsNullOrEmpty(options.Key) ? null : new SharedKey(options.Account, options.Key);

    public AzureOptions Options => options;

    public TimeSpan Patience => patience;

    /// <summary>Answers whose status is a success; to be disposed. Throws <see cref="FileNotFoundException"/> when there is no such blob.</summary>
    /// <param name="make">Makes the request anew for every try, with all but address, date and signature.</param>
    /// <param name="bytes">What the call sends.</param>
    /// <param name="atMost">Null for what everything else may take.</param>
    public Task<HttpResponseMessage> SendAsync(
        string? blob, string? query, Func<HttpRequestMessage> make, CancellationToken cancel, long bytes = 0, TimeSpan? atMost = null) =>
        Remote.Patience.BoundAsync(token => InTriesAsync(() => Signed(make(), AddressOf(blob, query)), token), atMost ?? patience, bytes, cancel);

    /// <summary>As <see cref="SendAsync"/>, and null where there is no such blob.</summary>
    public async Task<HttpResponseMessage?> FindAsync(string blob, HttpMethod method, CancellationToken cancel, TimeSpan? atMost = null)
    {
        try
        {
            return await SendAsync(blob, null, () => new HttpRequestMessage(method, (Uri?)null), cancel, atMost: atMost);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>A link that opens with GET until <paramref name="until"/>. Needs the key of the account.</summary>
    public Uri Link(string blob, FileLabel label, DateTimeOffset until)
    {
        var address = AddressOf(blob, null);
        var signature = key ?? throw new InvalidOperationException("A link can be signed with the key of the account only.");
        return new Uri(address.GetLeftPart(UriPartial.Path)
            + signature.SignLink($"{options.Container}/{blob}", until, label, address.Scheme == Uri.UriSchemeHttps ? "https" : "https,http"));
    }

    public void Dispose() => http.Dispose();

    private async Task<HttpResponseMessage> InTriesAsync(Func<HttpRequestMessage> make, CancellationToken cancel)
    {
        for (var tries = 1; ; tries++)
        {
            var (answer, fault) = await TryAsync(make, cancel);
            if (answer is { IsSuccessStatusCode: true })
            {
                return answer;
            }

            using (answer)
            {
                if (tries == MostTries || (answer is not null && !AzureFault.MayPass(answer.StatusCode)))
                {
                    throw answer is null ? new IOException("The storage does not answer.", fault) : AzureFault.Of(answer, options);
                }

                await Task.Delay(PauseAfter(tries, answer), time, cancel);
            }
        }
    }

    private async Task<(HttpResponseMessage? Answer, Exception? Fault)> TryAsync(Func<HttpRequestMessage> make, CancellationToken cancel)
    {
        try
        {
            using var request = make();
            return (await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel), null);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return (null, fault);
        }
    }

    /// <summary>Doubles, and varies by chance so that what failed together does not come back together; or as the service asks for.</summary>
    private TimeSpan PauseAfter(int tries, HttpResponseMessage? answer)
    {
        var asked = answer?.Headers.RetryAfter is { } header ? header.Delta ?? header.Date - time.GetUtcNow() : null;
        var own = TimeSpan.FromSeconds(Math.Pow(2, tries - 1) / 2) * (0.5 + (Random.Shared.NextDouble() / 2));
        return TimeSpan.FromTicks(Math.Clamp((asked ?? own).Ticks, 0, LongestPause.Ticks));
    }

    private HttpRequestMessage Signed(HttpRequestMessage request, Uri address)
    {
        request.RequestUri = address;
        request.Headers.Add("x-ms-version", Version);
        request.Headers.Add("x-ms-date", time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture));
        key?.Sign(request);
        return request;
    }

    private Uri AddressOf(string? blob, string? query)
    {
        var account = string.IsNullOrEmpty(options.Endpoint) ? $"https://{options.Account}.blob.core.windows.net" : options.Endpoint.TrimEnd('/');
        var path = string.Join('/', $"{options.Container}/{blob}".TrimEnd('/').Split('/').Select(Uri.EscapeDataString));
        var parts = new[] { query, key is null ? options.Sas?.TrimStart('?') : null }.Where(part => !string.IsNullOrEmpty(part));
        return new UriBuilder($"{account}/{path}") { Query = string.Join('&', parts) }.Uri;
    }
}
