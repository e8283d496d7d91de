using ExportHub.Access.External;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ExportHub.Access;

/// <summary>Who may do what. Everything needs a sign-in that does not say otherwise.</summary>
internal static class AccessRoom
{
    public const string SignInPath = "/sign-in";

    /// <summary>The policy of what only administrators may do.</summary>
    public const string AdminOnly = "admin-only";

    /// <summary>The policy of what nobody may do with a token: a token that could make tokens would give itself every scope of its owner.</summary>
    public const string InPersonOnly = "in-person-only";

    private const string AnyWay = "AnyWay";

    public static void AddAccess(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<AccessOptions>().BindConfiguration("Access").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<UserStore>().AddSingleton<TokenStore>().AddSingleton<IUserStore<User>>(provider => provider.GetRequiredService<UserStore>());
        services.AddSingleton<IUserClaimsPrincipalFactory<User>, UserPrincipals>();
        services.AddSingleton<HttpsRule>().AddSingleton<Sessions>().AddSingleton<Guesses>().AddSingleton<KnownBrowser>().AddSingleton<PasswordGuard>();
        services.AddScoped<SignIn>().AddScoped<People>();
        services.AddHttpContextAccessor();
        // Identity's own are made anew for each request, and have nothing to keep.
        services.AddSingleton<ILookupNormalizer, UpperInvariantLookupNormalizer>().AddSingleton<IPasswordHasher<User>, PasswordHasher<User>>();
        services.AddIdentityCore<User>(Passwords).AddSignInManager();
        var ways = services.AddAuthentication(AnyWay)
            .AddPolicyScheme(AnyWay, null, scheme => scheme.ForwardDefaultSelector = WayOf)
            .AddScheme<AuthenticationSchemeOptions, TokenScheme>(TokenScheme.Name, null);
        ways.AddIdentityCookies();
        builder.AddExternal(ways);
        services.AddSingleton<IConfigureOptions<CookieAuthenticationOptions>, SessionCookie>();
        services.AddAuthorization(Policies);
        services.AddSingleton<DemoPeople>();
        services.AddHostedService<FirstAdministrator>();
    }

    /// <summary>Call it after static files and before what is to be protected.</summary>
    public static void UseAccess(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
    }

    private static string WayOf(HttpContext http) =>
        TokenScheme.IsMeant(http.Request) ? TokenScheme.Name
        : http.RequestServices.GetRequiredService<TrustedProxy>().Speaks(http) ? ProxyScheme.Name
        : IdentityConstants.ApplicationScheme;

    private static void Passwords(IdentityOptions identity)
    {
        // Length is what counts (NIST SP 800-63B, 5.1.1.2): no rules of composition.
        identity.Password.RequiredLength = 12;
        identity.Password.RequireDigit = false;
        identity.Password.RequireLowercase = false;
        identity.Password.RequireUppercase = false;
        identity.Password.RequireNonAlphanumeric = false;
        identity.User.AllowedUserNameCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._@+";
    }

    /// <summary>A token with the scope `read` reads, one with `export` also asks for exports and cancels them. Who signed in with a password has no scopes and is not bound.</summary>
    private static bool IsWithinScopes(AuthorizationHandlerContext context)
    {
        var scopes = context.User.FindAll(TokenScheme.ScopeClaim).Select(claim => claim.Value).ToList();
        return scopes.Count == 0
            || scopes.Contains(Scopes.Export)
            || scopes.Contains(Scopes.Admin)
            || context.Resource is HttpContext { Request.Method: var method } && (HttpMethods.IsGet(method) || HttpMethods.IsHead(method));
    }

    private static void Policies(AuthorizationOptions policies)
    {
        policies.AddPolicy(AdminOnly, policy => policy.RequireAssertion(context =>
            context.Resource is HttpContext http && Administrator.Is(http) && IsWithinScopes(context)));
        // An explicit policy stands instead of the fallback, so it asks for the sign-in itself.
        policies.AddPolicy(InPersonOnly, policy => policy.RequireAssertion(context =>
            context.User.Identity?.IsAuthenticated == true && !context.User.HasClaim(claim => claim.Type == TokenScheme.ScopeClaim)));
        policies.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireAssertion(IsWithinScopes).Build();
        policies.DefaultPolicy = policies.FallbackPolicy;
    }
}
