using System.Security.Claims;
using ExportHub.Access.Safeguards;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ExportHub.Access;

/// <summary>The cookie names a session of <see cref="Sessions"/>; without that row it is worth nothing.</summary>
internal sealed class SessionCookie(Sessions sessions, HttpsRule https, IOptions<AccessOptions> access, IOptions<IdentityOptions> identity)
    : IConfigureNamedOptions<CookieAuthenticationOptions>
{
    private const string Name = "exporthub-session";

    /// <summary>The dashboard too: it asks for its figures by itself, and what is answered with 401 is shown as a page with the way to the sign-in.</summary>
    private static readonly PathString[] ForPrograms = ["/api", "/openapi", "/hangfire"];

    /// <summary>Null where nobody has signed in with a cookie: a program, or somebody whom a proxy lets in.</summary>
    public static Guid? SessionOf(ClaimsPrincipal? user) => Guid.TryParse(user?.FindFirstValue(Sessions.Claim), out var id) ? id : null;

    public void Configure(string? name, CookieAuthenticationOptions options)
    {
        if (name == IdentityConstants.ApplicationScheme)
        {
            Configure(options);
        }
    }

    public void Configure(CookieAuthenticationOptions options)
    {
        https.Shape(options.Cookie, Name);
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.ExpireTimeSpan = access.Value.SessionLifetime;
        options.LoginPath = AccessRoom.SignInPath;
        options.AccessDeniedPath = "/error/403";
        options.Events = new CookieAuthenticationEvents
        {
            OnSigningIn = BeginAsync,
            OnValidatePrincipal = ValidateAsync,
            OnSigningOut = LeaveAsync,
            OnRedirectToLogin = context => AnswerAsync(context, StatusCodes.Status401Unauthorized),
            OnRedirectToAccessDenied = context => AnswerAsync(context, StatusCodes.Status403Forbidden),
        };
    }

    /// <summary>Always a new one: a session that somebody else put into the browser is never gone on with.</summary>
    private async Task BeginAsync(CookieSigningInContext context)
    {
        await SessionAudit.OnSigningInAsync(context);
        await EndAsync(context.HttpContext);
        var person = (ClaimsIdentity)context.Principal!.Identity!;
        var owner = Guid.Parse(person.FindFirst(identity.Value.ClaimsIdentity.UserIdClaimType)!.Value);
        person.AddClaim(new Claim(Sessions.Claim, (await sessions.BeginAsync(owner, context.HttpContext.RequestAborted)).ToString()));
    }

    private async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var stamp = context.Principal?.FindFirstValue(identity.Value.ClaimsIdentity.SecurityStampClaimType);
        if (SessionOf(context.Principal) is not { } id || stamp is null || !await sessions.IsOpenAsync(id, stamp, context.HttpContext.RequestAborted))
        {
            context.RejectPrincipal();
        }
    }

    private async Task LeaveAsync(CookieSigningOutContext context)
    {
        await SessionAudit.OnSigningOutAsync(context);
        await EndAsync(context.HttpContext);
    }

    // Ended even when the browser does not wait for the answer.
    private Task EndAsync(HttpContext http) => SessionOf(http.User) is { } id ? sessions.EndAsync(id, CancellationToken.None) : Task.CompletedTask;

    /// <summary>A person is led to the sign-in; a program gets a status. What is refused to somebody who has signed in is said on a page of its own.</summary>
    private static Task AnswerAsync(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (status == StatusCodes.Status401Unauthorized && IsForPeople(context.Request))
        {
            context.Response.Redirect(context.RedirectUri);
        }
        else
        {
            context.Response.StatusCode = status;
        }

        return Task.CompletedTask;
    }

    private static bool IsForPeople(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && !Array.Exists(ForPrograms, path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));
}
