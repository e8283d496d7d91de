using System.Net;
using System.Net.Sockets;
using ExportHub.Access.Safeguards;
using ExportHub.Language;
using Microsoft.Extensions.Options;

namespace ExportHub.Notifications.Webhooks;

/// <summary>The addresses of a name, as this machine finds them.</summary>
internal delegate Task<IPAddress[]> ResolveHost(string host, CancellationToken cancel);

/// <summary>Where web hooks may lead. Asked when one is saved, for a sentence in time, and of the very address that is connected to, for what counts.</summary>
internal sealed class WebhookAddress(IOptions<WebhooksOptions> options, ResolveHost resolve)
{
    private const int Longest = 2000;

    private readonly IReadOnlyList<IPNetwork> allowed = NetworkList.Parse(options.Value.AllowedNetworks);

    /// <summary>Why a web hook may not have this address, as a sentence; null when it may.</summary>
    public async Task<string?> RefuseAsync(string? text, CancellationToken cancel)
    {
        if (text is null or { Length: 0 or > Longest } || !Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0)
        {
            return Text.Of("Give an address such as https://example.com/hook.");
        }

        if (url.UserInfo.Length > 0 || url.Fragment.Length > 0)
        {
            return Text.Of("The address must have no name or password before the host and no # part.");
        }

        if (url.Scheme == "http" && !options.Value.AllowHttp)
        {
            return Text.Of("The address must begin with https://, so that nobody between can read or change what is sent.");
        }

        return await RefuseHostAsync(url, cancel);
    }

    /// <summary>The addresses of a host that may be connected to.</summary>
    /// <exception cref="RefusedAddressException">One of them may not: a name that leads here and there is not trusted at all.</exception>
    public async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancel)
    {
        var found = IPAddress.TryParse(host.Trim('[', ']'), out var literal) ? [literal] : await resolve(host, cancel);
        return found.Length == 0 ? throw new SocketException((int)SocketError.HostNotFound)
            : found.All(address => PublicAddress.Permits(address, allowed)) ? found
            : throw new RefusedAddressException(host);
    }

    private async Task<string?> RefuseHostAsync(Uri url, CancellationToken cancel)
    {
        try
        {
            await ResolveAsync(url.IdnHost, cancel);
            return null;
        }
        catch (RefusedAddressException)
        {
            return Text.Of("The address leads into a network that is not public. An administrator may allow it in the setting Webhooks:AllowedNetworks.");
        }
        catch (Exception unknown) when (unknown is SocketException or ArgumentException)
        {
            return Text.Of("The host {0} cannot be found. Check how it is written.", url.Host);
        }
    }
}

/// <summary>A host has an address that web hooks may not lead to. The address itself is not told: whoever asks could learn what is behind the wall.</summary>
internal sealed class RefusedAddressException(string host) : IOException(Text.Of("The host {0} leads into a network that is not public, so nothing was sent.", host));
