using Microsoft.Extensions.Options;

namespace ExportHub.Access.Safeguards;

/// <summary>Whether people come in over https only: `Access:RequireHttps`, by default everywhere but in Development.</summary>
internal sealed class HttpsRule(IOptions<AccessOptions> options, IHostEnvironment environment)
{
    public bool IsRequired => options.Value.RequireHttps ?? !environment.IsDevelopment();

    /// <summary>A browser would throw the cookies of this request's answer away.</summary>
    public bool Refuses(HttpRequest request) => IsRequired && !request.IsHttps;

    /// <summary>
    /// A cookie of this host that scripts cannot read. Where https is required, its name begins with `__Host-`: no other host and no plain connection
    /// can set it (RFC 6265bis, 4.1.3.2).
    /// </summary>
    public void Shape(CookieBuilder cookie, string name)
    {
        cookie.Name = IsRequired ? "__Host-" + name : name;
        cookie.Path = "/";
        cookie.HttpOnly = true;
        cookie.SecurePolicy = IsRequired ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
    }
}
