using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace ExportHub.Access.Safeguards;

/// <summary>
/// Believes `X-Forwarded-For`, `-Proto` and `-Host` of the proxies of `Access:KnownProxies` and of nobody else: from them come the address in the audit and in
/// the limits, whether a request came over https, and the address that a provider is told to lead back to.
/// </summary>
internal static class ForwardedRequests
{
    public static void UseForwardedRequests(this WebApplication app)
    {
        var known = NetworkList.Parse(app.Services.GetRequiredService<IOptions<AccessOptions>>().Value.KnownProxies);
        if (known.Count == 0)
        {
            return;
        }

        // Each proxy of a chain appends one; reading stops at the first that is not known.
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
            ForwardLimit = null,
            AllowedHosts = AllowedHosts(app.Configuration),
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in known)
        {
            options.KnownIPNetworks.Add(network);
        }

        app.UseForwardedHeaders(options);
    }

    /// <summary>The names of the setting `AllowedHosts`, which the host reads too; none where it allows any.</summary>
    public static List<string> AllowedHosts(IConfiguration configuration)
    {
        var names = (configuration["AllowedHosts"] ?? "*").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return names.Contains("*") ? [] : [.. names];
    }
}
