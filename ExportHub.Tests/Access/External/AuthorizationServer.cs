using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace ExportHub.Tests.Access.External;

/// <summary>
/// A small OAuth 2 / OpenID Connect provider on a free port: codes work once, the verifier must fit the challenge by S256, the client must know its secret,
/// and /userinfo answers to a token only. It asks nobody: whoever comes is <see cref="Person"/>.
/// </summary>
internal sealed class AuthorizationServer : IAsyncDisposable
{
    public const string ClientId = "exporthub";
    public const string ClientSecret = "the secret of the client";

    private readonly ConcurrentDictionary<string, (string Challenge, string RedirectUri)> codes = new();
    private readonly ConcurrentDictionary<string, bool> tokens = new();
    private readonly WebApplication app;

    private AuthorizationServer(WebApplication app) => this.app = app;

    /// <summary>What /userinfo tells.</summary>
    public object Person { get; set; } = new { };

    /// <summary>Whether the person says no.</summary>
    public bool Denies { get; set; }

    public string Address => app.Urls.Single();

    /// <summary>What the token endpoint refused, and why.</summary>
    public ConcurrentQueue<string> Refusals { get; } = [];

    public static async Task<AuthorizationServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new AuthorizationServer(builder.Build());
        server.app.MapGet("/authorize", server.Authorize);
        server.app.MapPost("/token", server.TokenAsync);
        server.app.MapGet("/userinfo", server.UserInformation);
        await server.app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private IResult Authorize(HttpRequest request)
    {
        var asked = request.Query;
        if (asked["response_type"] != "code" || asked["client_id"] != ClientId || asked["code_challenge_method"] != "S256" || asked["code_challenge"].Count != 1)
        {
            return Results.BadRequest("not as agreed");
        }

        var back = asked["redirect_uri"].ToString();
        if (Denies)
        {
            return Results.Redirect(QueryHelpers.AddQueryString(back, new Dictionary<string, string?> { ["error"] = "access_denied", ["state"] = asked["state"] }));
        }

        var code = Guid.NewGuid().ToString("N");
        codes[code] = (asked["code_challenge"].ToString(), back);
        return Results.Redirect(QueryHelpers.AddQueryString(back, new Dictionary<string, string?> { ["code"] = code, ["state"] = asked["state"] }));
    }

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        var sent = await request.ReadFormAsync();
        var fault =
            sent["client_id"] != ClientId || sent["client_secret"] != ClientSecret ? "invalid_client"
            : !codes.TryRemove(sent["code"].ToString(), out var given) ? "the code is unknown or was used"
            : given.RedirectUri != sent["redirect_uri"] ? "another redirect_uri"
            : given.Challenge != WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(sent["code_verifier"].ToString()))) ? "the verifier does not fit"
            : null;
        if (fault is not null)
        {
            Refusals.Enqueue(fault);
            return Results.Json(new { error = "invalid_grant", error_description = fault }, statusCode: StatusCodes.Status400BadRequest);
        }

        var token = Guid.NewGuid().ToString("N");
        tokens[token] = true;
        return Results.Json(new { access_token = token, token_type = "Bearer", expires_in = 60 });
    }

    private IResult UserInformation(HttpRequest request) =>
        request.Headers.Authorization.ToString().Split(' ') is ["Bearer", var token] && tokens.ContainsKey(token) ? Results.Json(Person) : Results.Unauthorized();
}
