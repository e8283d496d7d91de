using System.ComponentModel.DataAnnotations;
using ExportHub.Access.Safeguards;
using Microsoft.Extensions.Options;

namespace ExportHub.Access;

/// <summary>Settings under `Access`.</summary>
internal sealed class AccessOptions
{
    /// <summary>The first administrator's password; without it one is made up at the first start and printed once.</summary>
    public string? AdminPassword { get; set; }

    /// <summary>A token with all scopes for the administrator, for automation; at least 32 characters.</summary>
    [MinLength(32, ErrorMessage = "Access:AdminToken must have at least 32 characters.")]
    public string? AdminToken { get; set; }

    /// <summary>How long a sign-in lasts without a sign of life.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00", ErrorMessage = "Access:SessionLifetime must be between 00:01:00 and 30.00:00:00.")]
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromHours(10);

    /// <summary>How long a link opens a file without a sign-in; zero means that there are no such links.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00", ErrorMessage = "Access:SignedLinkLifetime must be 00:05:00 at most; 00:00:00 means no links.")]
    public TimeSpan SignedLinkLifetime { get; set; }

    /// <summary>How long a sign-in lasts at most, whatever signs of life there are.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "90.00:00:00", ErrorMessage = "Access:SessionLimit must be between 00:01:00 and 90.00:00:00.")]
    public TimeSpan SessionLimit { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Addresses or networks of the proxies in front, separated by commas, whose `X-Forwarded-For`, `-Proto` and `-Host` are believed. Null means: nobody's.</summary>
    public string? KnownProxies { get; set; }

    /// <summary>Whether people come in over https only. Null means: everywhere but in Development. Ask <see cref="HttpsRule"/>.</summary>
    public bool? RequireHttps { get; set; }

    /// <summary>The roles that a group of a proxy or provider stands for, separated by commas. A group that is not here gives nothing.</summary>
    public Dictionary<string, string>? Groups { get; set; }

    /// <summary>For an attribute that row filters compare with: the header of the proxy, or the claim of the provider, that has it.</summary>
    public Dictionary<string, string>? Attributes { get; set; }
}

/// <summary>A proxy that is mistyped would not be believed, without a word.</summary>
internal sealed class CheckKnownProxies : IValidateOptions<AccessOptions>
{
    public ValidateOptionsResult Validate(string? name, AccessOptions options) =>
        NetworkList.FaultOf("Access:KnownProxies", options.KnownProxies) is { } fault ? ValidateOptionsResult.Fail(fault) : ValidateOptionsResult.Success;
}
