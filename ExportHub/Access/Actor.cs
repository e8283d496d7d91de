using System.Security.Claims;

namespace ExportHub.Access;

/// <summary>Who does something, and by which way: what the audit keeps of a person.</summary>
/// <param name="Who">Null for ExportHub itself and for somebody who has not signed in.</param>
/// <param name="How">`session`, `token`, `link`, `proxy`, `nobody` or `system`.</param>
/// <param name="Token">The name of the token, where one was used.</param>
/// <param name="Address">Of the peer, after the headers of known proxies were read; null where there is no network between.</param>
internal sealed record Actor(string? Who, string How, string? Token = null, string? Address = null)
{
    public const string Session = "session";
    public const string ByToken = "token";
    public const string Link = "link";
    public const string ByProxy = "proxy";
    public const string Nobody = "nobody";

    /// <summary>The claim that names the token somebody came with.</summary>
    public const string TokenClaim = "token_name";

    /// <summary>The claim of whoever came by a signed link.</summary>
    public const string LinkClaim = "link";

    /// <summary>The claim of whoever a proxy vouches for, who has no session here.</summary>
    public const string ProxyClaim = "proxy";

    /// <summary>ExportHub itself.</summary>
    public static Actor System { get; } = new(null, "system");

    public static Actor Of(HttpContext http)
    {
        var address = AddressOf(http);
        return http.User.Identity is { IsAuthenticated: true, Name: { } name } ? Of(http.User, name, address) : new Actor(null, Nobody, Address: address);
    }

    private static Actor Of(ClaimsPrincipal user, string name, string? address) =>
        user.FindFirst(TokenClaim) is { } token ? new Actor(name, ByToken, token.Value, address)
        : user.HasClaim(claim => claim.Type == LinkClaim) ? new Actor(name, Link, Address: address)
        : user.HasClaim(claim => claim.Type == ProxyClaim) ? new Actor(name, ByProxy, Address: address)
        : new Actor(name, Session, Address: address);

    /// <summary>An IPv4 address is shown as one, also where the socket speaks both.</summary>
    private static string? AddressOf(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString() : null;
}
