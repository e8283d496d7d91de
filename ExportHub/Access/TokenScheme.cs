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
    AccessMemory memory,
    IUserClaimsPrincipalFactory<User> principals,
    TimeProvider time,
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Token";
    public const string ScopeClaim = "scope";

    private const string Bearer = "Bearer ";

    /// <summary>How often the use of a token is noted, too.</summary>
    private static readonly TimeSpan Believed = TimeSpan.FromMinutes(1);

    public static bool IsMeant(HttpRequest request) => request.Headers.Authorization.ToString().StartsWith(Bearer, StringComparison.OrdinalIgnoreCase);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!IsMeant(Request))
        {
            return AuthenticateResult.NoResult();
        }

        var token = Request.Headers.Authorization.ToString()[Bearer.Length..].Trim();
        return await memory.AskAsync(TokenStore.Hash(token), Believed, () => FindAsync(token)) is { } known && known.Ends > time.GetUtcNow()
            ? AuthenticateResult.Success(new AuthenticationTicket(known.Principal, Scheme.Name))
            : AuthenticateResult.Fail("The token is unknown, expired or revoked.");
    }

    private async Task<Known?> FindAsync(string token)
    {
        if (await tokens.FindHolderAsync(token, Context.RequestAborted) is not { } holder
            || await users.FindByIdAsync(holder.UserId.ToString(), Context.RequestAborted) is not { } user)
        {
            return null;
        }

        user.Roles = [.. user.Roles.Where(role => role != Roles.Admin || holder.Scopes.Contains(Scopes.Admin))];
        var principal = await principals.CreateAsync(user);
        principal.AddIdentity(new ClaimsIdentity([.. holder.Scopes.Select(scope => new Claim(ScopeClaim, scope)), new Claim(Actor.TokenClaim, holder.Name)]));
        return new Known(principal, time.GetUtcNow() + holder.Left);
    }

    private sealed record Known(ClaimsPrincipal Principal, DateTimeOffset Ends);

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
