using System.Net;

namespace ExportHub.Access;

/// <summary>
/// Tells who sits at the machine: as long as nobody signs in, that person is the administrator. The peer's address alone lets everybody in behind a
/// proxy on the same host; a request that was forwarded, or that came to another name than this machine's, is therefore not local.
/// </summary>
internal static class LocalRequests
{
    private static readonly string[] Forwarding = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via"];

    public static bool IsLocal(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } peer
        && IPAddress.IsLoopback(peer)
        && !Forwarding.Any(http.Request.Headers.ContainsKey)
        && IsLocalName(http.Request.Host.Host);

    private static bool IsLocalName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address);
}
