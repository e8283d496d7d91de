using System.Net;
using ExportHub.Access.Safeguards;
using Microsoft.Extensions.Options;

namespace ExportHub.Access.External;

/// <summary>Settings under `Access:Proxy`: a proxy that signs people in and says in headers who they are.</summary>
internal sealed class ProxyOptions
{
    public const string Section = "Access:Proxy";

    /// <summary>The addresses or networks of the proxy, separated by commas. Null means: nobody is believed.</summary>
    public string? Addresses { get; set; }

    public string UserHeader { get; set; } = "X-Forwarded-User";

    public string EmailHeader { get; set; } = "X-Forwarded-Email";

    public string GroupsHeader { get; set; } = "X-Forwarded-Groups";

    /// <summary>What stands between two groups.</summary>
    public string GroupsSeparator { get; set; } = ",";

    public bool IsOn => !string.IsNullOrWhiteSpace(Addresses);

    /// <exception cref="FormatException">One is neither an address nor a network.</exception>
    public IReadOnlyList<IPNetwork> Networks() => NetworkList.Parse(Addresses);
}

internal sealed class CheckProxyOptions : IValidateOptions<ProxyOptions>
{
    public ValidateOptionsResult Validate(string? name, ProxyOptions options)
    {
        if (NetworkList.FaultOf($"{ProxyOptions.Section}:{nameof(ProxyOptions.Addresses)}", options.Addresses) is { } wrong)
        {
            return ValidateOptionsResult.Fail(wrong);
        }

        return FaultOf(options) is { } fault ? ValidateOptionsResult.Fail($"{ProxyOptions.Section}:{fault}") : ValidateOptionsResult.Success;
    }

    private static string? FaultOf(ProxyOptions options) =>
        !IsHeader(options.UserHeader) ? "UserHeader must be the name of a header."
        : !IsHeader(options.EmailHeader) ? "EmailHeader must be the name of a header."
        : !IsHeader(options.GroupsHeader) ? "GroupsHeader must be the name of a header."
        : options.GroupsSeparator is not { Length: > 0 } ? "GroupsSeparator must be what stands between two groups."
        : null;

    private static bool IsHeader(string? name) => name is { Length: > 0 } && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
