using ExportHub.Access.External;
using ExportHub.Access.Safeguards;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.HttpsPolicy;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace ExportHub.Access;

/// <summary>Who may do what. Everything needs a sign-in that does not say otherwise.</summary>
internal static partial class AccessRoom
{
    public const string SignInPath = "/sign-in";

    /// <summary>The policy of what only administrators may do.</summary>
    public const string AdminOnly = "admin-only";

    /// <summary>The policy of what support may look at and administrators may do.</summary>
    public const string OperatorsOnly = "operators-only";

    /// <summary>The policy of what nobody may do with a token: a token that could make tokens would give itself every scope of its owner.</summary>
    public const string InPersonOnly = "in-person-only";

    /// <summary>Bytes of a request; who wants more, as the check of a file does, says so.</summary>
    private const long LargestBody = 4 * 1024 * 1024;

    private static readonly TimeSpan HstsLifetime = TimeSpan.FromDays(365);

    private const string AnyWay = "AnyWay";

    public static void AddAccess(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<AccessOptions>().BindConfiguration("Access").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<AccessOptions>, CheckKnownProxies>();
        services.AddSingleton<AuditedDatabase>().AddSingleton<AuditStore>().AddSingleton<SessionAudit>().AddSingleton<LinkKey>().AddSingleton<FileLinks>();
        services.AddSingleton<UserStore>().AddSingleton<Persons>().AddSingleton<TokenStore>().AddSingleton<IUserStore<User>>(provider => provider.GetRequiredService<UserStore>());
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
        services.AddOptions<LimitsOptions>().BindConfiguration(LimitsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<LimitsOptions>>(RateLimits.Configure);
        services.Configure<HstsOptions>(hsts => hsts.MaxAge = HstsLifetime);
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
        });
        services.AddSingleton<AccessMemory>().AddHostedService(provider => provider.GetRequiredService<AccessMemory>());
        services.AddSingleton<DemoPeople>();
        services.AddHostedService<FirstAdministrator>();
    }

    /// <summary>Call it before everything else: it concerns every answer.</summary>
    public static void UseSafeguards(this WebApplication app)
    {
        app.UseForwardedRequests();
        if (app.Services.GetRequiredService<HttpsRule>().IsRequired)
        {
            app.UseHsts();
        }

        if (!app.Environment.IsDevelopment() && ForwardedRequests.AllowedHosts(app.Configuration).Count == 0)
        {
            LogAnyHost(app.Logger);
        }

        app.Use(SecurityHeaders.AddAsync);
    }

    /// <summary>Call it after static files and before what is to be protected.</summary>
    public static void UseAccess(this WebApplication app)
    {
        // Without this mark the host authenticates by itself before everything else, where nobody answers when the database is down.
        ((IApplicationBuilder)app).Properties["__AuthenticationMiddlewareSet"] = true;
        app.UseWhen(IsAskedFor, asked =>
        {
            asked.Use(CrossOrigin.CheckAsync);
            asked.UseAuthentication();
            asked.UseRateLimiter();
        });
        app.UseAuthorization();
    }

    /// <summary>
    /// The page that tells of an error runs through here again; it must be shown also when what is checked here was the error. Health is told without
    /// the database in which accounts are.
    /// </summary>
    private static bool IsAskedFor(HttpContext http) =>
        !http.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase)
        && http.Features.Get<IStatusCodeReExecuteFeature>() is null && http.Features.Get<IExceptionHandlerFeature>() is null;

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
            || context.Resource is HttpContext { Request.Method: var method } && Operator.IsLooking(method);
    }

    private static void Policies(AuthorizationOptions policies)
    {
        policies.AddPolicy(AdminOnly, policy => policy.RequireRole(Roles.Admin).RequireAssertion(IsWithinScopes));
        policies.AddPolicy(OperatorsOnly, policy => policy.RequireAssertion(context =>
            context.Resource is HttpContext http && Operator.Is(http) && IsWithinScopes(context)));
        // An explicit policy stands instead of the fallback, so it asks for the sign-in itself.
        policies.AddPolicy(InPersonOnly, policy => policy.RequireAssertion(context =>
            context.User.Identity?.IsAuthenticated == true && !context.User.HasClaim(claim => claim.Type == TokenScheme.ScopeClaim)));
        policies.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireAssertion(IsWithinScopes).Build();
        policies.DefaultPolicy = policies.FallbackPolicy;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "AllowedHosts allows any: whoever sends a request chooses the name that ExportHub believes to have. Set it to the names people use")]
    private static partial void LogAnyHost(ILogger logger);
}
