using System.Net;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Options;

namespace ExportHub.Access.External;

/// <summary>Whether a request comes from the proxy that signs people in. The socket decides, not what X-Forwarded-For says.</summary>
internal sealed class TrustedProxy(IOptions<ProxyOptions> options)
{
    private readonly IReadOnlyList<IPNetwork> networks = options.Value.Networks();

    /// <summary>It comes from there and names somebody.</summary>
    public bool Speaks(HttpContext http) => networks.Count > 0 && http.Request.Headers.ContainsKey(options.Value.UserHeader) && IsPeer(http);

    private bool IsPeer(HttpContext http)
    {
        // Of the connection itself: the one of HttpContext is changed by the middleware for forwarded headers.
        if (http.Features.Get<IConnectionEndPointFeature>()?.RemoteEndPoint is not IPEndPoint { Address: var address })
        {
            return false;
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return networks.Any(network => network.Contains(plain));
    }
}
