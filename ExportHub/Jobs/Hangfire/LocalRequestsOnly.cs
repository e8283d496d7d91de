using System.Net;
using Hangfire.Dashboard;

namespace ExportHub.Jobs.Hangfire;

/// <summary>
/// Lets in who sits at the machine. Hangfire's own filter looks at the peer alone and so lets everybody in behind a proxy on the same host;
/// this one also refuses a request that was forwarded or that came to another name than this machine's.
/// </summary>
internal sealed class LocalRequestsOnly : IDashboardAuthorizationFilter
{
    private static readonly string[] Forwarding = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via"];

    public bool Authorize(DashboardContext context) => IsLocal(context.GetHttpContext());

    public static bool IsLocal(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } peer
        && IPAddress.IsLoopback(peer)
        && !Forwarding.Any(http.Request.Headers.ContainsKey)
        && IsLocalName(http.Request.Host.Host);

    private static bool IsLocalName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address);
}
