using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.Extensions.Options;

namespace ExportHub.Access.External;

/// <summary>The ways in for which somebody else vouches.</summary>
internal static class ExternalRoom
{
    public static void AddExternal(this IHostApplicationBuilder builder, AuthenticationBuilder ways)
    {
        var services = builder.Services;
        services.AddOptions<ProxyOptions>().BindConfiguration(ProxyOptions.Section).ValidateOnStart();
        services.AddOptions<OpenIdOptions>().BindConfiguration(OpenIdOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ProxyOptions>, CheckProxyOptions>();
        services.AddSingleton<IValidateOptions<OpenIdOptions>, CheckOpenIdOptions>();
        services.AddSingleton<IValidateOptions<AccessOptions>, CheckGroups>();
        // Before the filters of the framework, one of which believes forwarded headers where ASPNETCORE_FORWARDEDHEADERS_ENABLED says so.
        services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter, NotePeer>());
        services.AddSingleton<TrustedProxy>().AddSingleton<ExternalPeople>();
        ways.AddScheme<AuthenticationSchemeOptions, ProxyScheme>(ProxyScheme.Name, null);
        // The framework asks each way at each request whether it is meant, so one that is not configured must not be there.
        if (builder.Configuration.GetSection(OpenIdOptions.Section).Exists())
        {
            services.AddSingleton<IConfigureOptions<OAuthOptions>, OpenIdSignIn>();
            ways.AddOAuth(OpenIdSignIn.Scheme, OpenIdSignIn.Scheme, _ => { });
        }
    }
}

/// <summary>A role that cannot be one would be given to nobody, without a word.</summary>
internal sealed class CheckGroups : IValidateOptions<AccessOptions>
{
    public ValidateOptionsResult Validate(string? name, AccessOptions options) =>
        (from @group in options.Groups ?? []
         let fault = People.FaultOf(People.ReadRoles(@group.Value))
         where fault is not null || string.IsNullOrWhiteSpace(@group.Value)
         select $"Access:Groups:{@group.Key} must be roles separated by commas. {fault}".TrimEnd()).ToList() is { Count: > 0 } faults
            ? ValidateOptionsResult.Fail(faults)
            : ValidateOptionsResult.Success;
}
