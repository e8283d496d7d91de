using System.Net;
using Microsoft.Extensions.Options;

namespace ExportHub.Access.External;

/// <summary>Who is at the other end of the connection, whatever the headers say.</summary>
internal sealed record Peer(IPAddress? Address);

/// <summary>Notes the peer before anything else: the middleware for forwarded headers, wherever it stands, puts another address in its place.</summary>
internal sealed class NotePeer : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((http, go) =>
        {
            http.Features.Set(new Peer(http.Connection.RemoteIpAddress));
            return go(http);
        });
        next(app);
    };
}

/// <summary>Whether a request comes from the proxy that signs people in.</summary>
internal sealed class TrustedProxy(IOptions<ProxyOptions> options)
{
    private readonly IReadOnlyList<IPNetwork> networks = options.Value.Networks();

    /// <summary>It comes from there and names somebody.</summary>
    public bool Speaks(HttpContext http) => networks.Count > 0 && http.Request.Headers.ContainsKey(options.Value.UserHeader) && IsPeer(http);

    private bool IsPeer(HttpContext http)
    {
        if (http.Features.Get<Peer>()?.Address is not { } address)
        {
            return false;
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return networks.Any(network => network.Contains(plain));
    }
}
