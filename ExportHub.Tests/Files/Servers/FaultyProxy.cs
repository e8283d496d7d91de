using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace ExportHub.Tests.Files.Servers;

/// <summary>Stands before a real server and passes everything on, except what a test has it do otherwise.</summary>
internal sealed class FaultyProxy : IAsyncDisposable
{
    private static readonly string[] NotPassedOn = ["Connection", "Transfer-Encoding", "Keep-Alive", "Expect"];

    private readonly WebApplication app;
    private readonly Uri server;
    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    private FaultyProxy(WebApplication app, Uri server)
    {
        this.app = app;
        this.server = server;
    }

    public Uri Address => new(app.Urls.Single());

    public ConcurrentQueue<(string Method, string Query, Dictionary<string, string> Headers)> Seen { get; } = [];

    /// <summary>True when it has answered; the request is then not passed on.</summary>
    public Func<HttpContext, Task<bool>> Before { get; set; } = _ => Task.FromResult(false);

    /// <summary>Changes a body on its way to the server.</summary>
    public Func<HttpRequest, byte[], byte[]> Damage { get; set; } = (_, body) => body;

    /// <summary>True to break the connection instead of passing the answer of the server on.</summary>
    public Func<HttpRequest, bool> LosesAnswer { get; set; } = _ => false;

    /// <summary>Bytes of an answer's body that are passed on before the connection breaks; null for all.</summary>
    public Func<HttpRequest, int?> CutsAfter { get; set; } = _ => null;

    public static async Task<FaultyProxy> StartAsync(Uri server)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Limits.MaxRequestBodySize = null;
        });
        var proxy = new FaultyProxy(builder.Build(), server);
        proxy.app.Run(proxy.HandleAsync);
        await proxy.app.StartAsync();
        return proxy;
    }

    public static async Task<bool> AnswerAsync(HttpContext http, int status, string body = "", params (string Name, string Value)[] headers)
    {
        http.Response.StatusCode = status;
        foreach (var (name, value) in headers)
        {
            http.Response.Headers[name] = value;
        }

        await http.Response.WriteAsync(body);
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        client.Dispose();
    }

    private async Task HandleAsync(HttpContext http)
    {
        Seen.Enqueue((http.Request.Method, http.Request.QueryString.Value ?? "", http.Request.Headers.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
        if (await Before(http))
        {
            return;
        }

        using var request = await PassOnAsync(http.Request);
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (LosesAnswer(http.Request))
        {
            await answer.Content.ReadAsByteArrayAsync();
            http.Abort();
            return;
        }

        http.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(pair => !NotPassedOn.Contains(pair.Key)))
        {
            http.Response.Headers[name] = values.ToArray();
        }

        await PassBackAsync(http, answer);
    }

    private async Task PassBackAsync(HttpContext http, HttpResponseMessage answer)
    {
        if (HttpMethods.IsHead(http.Request.Method))
        {
            return;
        }

        var body = await answer.Content.ReadAsByteArrayAsync();
        var passed = CutsAfter(http.Request) ?? body.Length;
        await http.Response.Body.WriteAsync(body.AsMemory(0, Math.Min(passed, body.Length)));
        await http.Response.Body.FlushAsync();
        if (passed < body.Length)
        {
            http.Abort();
        }
    }

    /// <summary>With the name of this host, which is part of the signature.</summary>
    private async Task<HttpRequestMessage> PassOnAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        var target = new Uri($"{server.GetLeftPart(UriPartial.Authority)}{request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget}");
        var passed = new HttpRequestMessage(new HttpMethod(request.Method), target) { Content = new ByteArrayContent(Damage(request, body.ToArray())) };
        foreach (var (name, value) in request.Headers.Where(pair => !NotPassedOn.Contains(pair.Key)))
        {
            if (!passed.Headers.TryAddWithoutValidation(name, value.ToArray()))
            {
                passed.Content.Headers.TryAddWithoutValidation(name, value.ToArray());
            }
        }

        return passed;
    }
}
