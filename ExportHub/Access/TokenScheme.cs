using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace ExportHub.Access;

/// <summary>Signs in by `Authorization: Bearer` (RFC 6750). The scopes of the token become claims; roles are those of its owner now, `admin` only with that scope.</summary>
internal sealed class TokenScheme(
    TokenStore tokens,
    UserStore users,
    IUserClaimsPrincipalFactory<User> principals,
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Token";
    public const string ScopeClaim = "scope";

    private const string Bearer = "Bearer ";

    public static bool IsMeant(HttpRequest request) => request.Headers.Authorization.ToString().StartsWith(Bearer, StringComparison.OrdinalIgnoreCase);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!IsMeant(Request))
        {
            return AuthenticateResult.NoResult();
        }

        var token = Request.Headers.Authorization.ToString()[Bearer.Length..].Trim();
        if (await tokens.FindHolderAsync(token, Context.RequestAborted) is not { } holder
            || await users.FindByIdAsync(holder.UserId.ToString(), Context.RequestAborted) is not { } user)
        {
            return AuthenticateResult.Fail("The token is unknown, expired or revoked.");
        }

        user.Roles = [.. user.Roles.Where(role => role != Roles.Admin || holder.Scopes.Contains(Scopes.Admin))];
        var principal = await principals.CreateAsync(user);
        principal.AddIdentity(new ClaimsIdentity([.. holder.Scopes.Select(scope => new Claim(ScopeClaim, scope)), new Claim(Actor.TokenClaim, holder.Name)]));
        return AuthenticateResult.Success(new AuthenticationTicket(principal, Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers[HeaderNames.WWWAuthenticate] = IsMeant(Request) ? "Bearer error=\"invalid_token\"" : "Bearer";
        return Task.CompletedTask;
    }
}

/// <summary>What a token may be used for.</summary>
internal static class Scopes
{
    public const string Read = "read";
    public const string Export = "export";
    public const string Admin = "admin";

    public static readonly IReadOnlyList<string> All = [Read, Export, Admin];
}
