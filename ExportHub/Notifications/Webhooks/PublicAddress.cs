using System.Net;
using System.Net.Sockets;

namespace ExportHub.Notifications.Webhooks;

/// <summary>Which addresses lead into the open network: everything else is a way into somebody's house (OWASP, Server-Side Request Forgery Prevention).</summary>
internal static class PublicAddress
{
    /// <summary>Not globally reachable by the IANA registry of special-purpose addresses (RFC 6890), multicast and reserved.</summary>
    private static readonly IPNetwork[] Closed4 =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork Open6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] Closed6 = [.. new[] { "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16" }.Select(IPNetwork.Parse)];

    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork Compatible = IPNetwork.Parse("::/96");

    /// <summary>Whether a web hook may go there.</summary>
    /// <param name="allowed">What is allowed besides the open network.</param>
    public static bool Permits(IPAddress address, IReadOnlyList<IPNetwork> allowed)
    {
        var meant = Meant(address);
        return IsPublic(meant) || allowed.Any(network => network.Contains(meant) || network.Contains(address));
    }

    private static bool IsPublic(IPAddress address) => address.AddressFamily switch
    {
        AddressFamily.InterNetwork => !Closed4.Any(network => network.Contains(address)),
        AddressFamily.InterNetworkV6 => address.ScopeId == 0 && Open6.Contains(address) && !Closed6.Any(network => network.Contains(address)),
        _ => false,
    };

    /// <summary>The IPv4 address that stands in an IPv6 one by some way of passing from one network to the other; the address itself elsewhere.</summary>
    private static IPAddress Meant(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        var bytes = address.GetAddressBytes();
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
            : SixToFour.Contains(address) ? new IPAddress(bytes.AsSpan(2, 4))
            : Nat64.Contains(address) || (Compatible.Contains(address) && !address.Equals(IPAddress.IPv6Any) && !address.Equals(IPAddress.IPv6Loopback)) ? new IPAddress(bytes.AsSpan(12, 4))
            : address;
    }
}
