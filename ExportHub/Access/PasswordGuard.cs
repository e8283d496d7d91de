using System.Net;
using System.Net.Sockets;

namespace ExportHub.Access;

/// <summary>
/// Slows guessing down without locking anybody out for good: a browser with which a person has signed in before counts by itself, so that whoever
/// guesses elsewhere keeps only unknown browsers waiting. A name that nobody has is counted like any other.
/// </summary>
internal sealed class PasswordGuard(Guesses guesses, KnownBrowser known)
{
    /// <summary>How long somebody waits who has guessed too often, at most.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromMinutes(5);

    private const int OwnTries = 5;

    // A whole company may come from one address.
    private const int TriesOfAddress = 100;

    // Guesses from many addresses, as of a botnet.
    private const int TriesOfName = 50;

    private const int NetworkBytes = 8;

    private static readonly TimeSpan LongWindow = TimeSpan.FromMinutes(15);

    /// <summary>Counts a try. False when it must not be made.</summary>
    public Task<bool> AdmitAsync(HttpContext http, string nameKey) => guesses.AdmitAsync(Limits(http, nameKey), http.RequestAborted);

    /// <summary>The password was right.</summary>
    public async Task WelcomeAsync(HttpContext http, string nameKey)
    {
        var limits = Limits(http, nameKey);
        await guesses.ForgiveAsync(limits, limits[0], http.RequestAborted);
        known.Remember(http, nameKey);
    }

    /// <summary>The first is that of this person at this place alone.</summary>
    private GuessLimit[] Limits(HttpContext http, string nameKey)
    {
        if (known.Find(http, nameKey) is { } browser)
        {
            return [new($"browser {browser}", OwnTries, Wait)];
        }

        var address = NetworkOf(http.Connection.RemoteIpAddress);
        return
        [
            new($"name {nameKey} at {address}", OwnTries, Wait),
            new($"name {nameKey}", TriesOfName, LongWindow),
            new($"address {address}", TriesOfAddress, LongWindow),
        ];
    }

    /// <summary>One customer of a provider has at least a /64 of IPv6 addresses.</summary>
    private static string NetworkOf(IPAddress? address) => address switch
    {
        null => "nowhere",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, NetworkBytes)),
        _ => address.ToString(),
    };
}
