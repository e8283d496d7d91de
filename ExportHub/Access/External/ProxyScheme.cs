using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ExportHub.Access.External;

/// <summary>Believes the proxy at each request anew; there is no session here. Only for requests that <see cref="TrustedProxy"/> lets through.</summary>
internal sealed class ProxyScheme(
    ExternalPeople people,
    IUserClaimsPrincipalFactory<User> principals,
    IOptions<ProxyOptions> proxy,
    IOptions<AccessOptions> access,
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Proxy";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var answer = await people.EnterAsync(Read(), Context.RequestAborted);
        if (answer.Refusal is { } refusal)
        {
            Context.Features.Set(new SignInRefusal(refusal));
            return AuthenticateResult.Fail($"Refused: {refusal}.");
        }

        var principal = await principals.CreateAsync(answer.User!);
        principal.AddIdentity(new ClaimsIdentity([new Claim(Actor.ProxyClaim, "")]));
        return AuthenticateResult.Success(new AuthenticationTicket(principal, Scheme.Name));
    }

    /// <summary>Leading to the sign-in would help nobody: the proxy has done that.</summary>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private ExternalPerson Read()
    {
        // Twice means that somebody in front of the proxy has sent it too.
        var user = Request.Headers[proxy.Value.UserHeader] is [{ } one] ? one.Trim() : "";
        return new ExternalPerson
        {
            Origin = Origins.Proxy,
            // A proxy tells no more about who that is.
            Subject = user.ToUpperInvariant(),
            Name = user,
            Email = Request.Headers[proxy.Value.EmailHeader] is [{ Length: > 0 } email] ? email : null,
            Groups = Split(Request.Headers[proxy.Value.GroupsHeader]),
            Attributes = (access.Value.Attributes ?? []).Where(attribute => Request.Headers.ContainsKey(attribute.Value))
                .ToDictionary(attribute => attribute.Key, attribute => (object)Request.Headers[attribute.Value].ToString(), StringComparer.Ordinal),
        };
    }

    private string[] Split(Microsoft.Extensions.Primitives.StringValues header) =>
        header is [{ } one] ? one.Split(proxy.Value.GroupsSeparator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [];
}
