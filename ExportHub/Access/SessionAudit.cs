using Microsoft.AspNetCore.Authentication.Cookies;

namespace ExportHub.Access;

/// <summary>Keeps who signed in and out, and who was refused. It hangs on the cookie of the session, so that no way to sign in can forget it.</summary>
internal sealed class SessionAudit(AuditStore audit, IHttpContextAccessor http)
{
    private HttpContext Request => http.HttpContext ?? throw new InvalidOperationException("People sign in by requests only.");

    /// <summary>Before the cookie is given: without an entry there is no session.</summary>
    public static Task OnSigningInAsync(CookieSigningInContext context) => Of(context.HttpContext).SigningInAsync(context.Principal?.Identity?.Name);

    public static Task OnSigningOutAsync(CookieSigningOutContext context) => Of(context.HttpContext).SigningOutAsync();

    /// <param name="name">As it was typed; there may be nobody of that name.</param>
    public Task RefusedAsync(string name, SignInOutcome outcome) => audit.WriteAsync(
        Actor.Of(Request),
        new AuditEvent(outcome == SignInOutcome.Locked ? AuditActs.Locked : AuditActs.Refused) { Subject = name },
        Request.RequestAborted);

    private static SessionAudit Of(HttpContext http) => http.RequestServices.GetRequiredService<SessionAudit>();

    private Task SigningInAsync(string? name)
    {
        var before = Actor.Of(Request);
        // Whoever changes the password gets a new cookie and has not signed in anew.
        return before.Who == name && !Request.Request.Path.StartsWithSegments(AccessRoom.SignInPath, StringComparison.OrdinalIgnoreCase)
            ? Task.CompletedTask
            : audit.WriteAsync(before with { Who = name, How = Actor.Session, Token = null }, new AuditEvent(AuditActs.SignedIn) { Subject = name }, Request.RequestAborted);
    }

    private Task SigningOutAsync()
    {
        var actor = Actor.Of(Request);
        return actor.Who is null ? Task.CompletedTask : audit.WriteAsync(actor, new AuditEvent(AuditActs.SignedOut) { Subject = actor.Who }, Request.RequestAborted);
    }
}
