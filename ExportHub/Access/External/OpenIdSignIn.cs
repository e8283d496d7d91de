using System.Net.Http.Headers;
using System.Text.Json;
using ExportHub.Access.Safeguards;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ExportHub.Access.External;

/// <summary>The code flow with PKCE (RFC 6749, RFC 7636) of the framework's handler; who it is, the provider's userinfo endpoint says.</summary>
internal sealed class OpenIdSignIn(
    ExternalPeople people, SessionAudit audit, IUserClaimsPrincipalFactory<User> principals, HttpsRule https, IOptions<OpenIdOptions> openId, IOptions<AccessOptions> access)
    : IConfigureNamedOptions<OAuthOptions>
{
    public const string Scheme = "OpenId";

    /// <summary>Where the provider sends people back to; it has to know this address.</summary>
    public const string CallbackPath = "/sign-in/return";

    public void Configure(string? name, OAuthOptions options)
    {
        if (name == Scheme)
        {
            Configure(options);
        }
    }

    public void Configure(OAuthOptions options)
    {
        var given = openId.Value;
        options.ClientId = given.ClientId!;
        options.ClientSecret = given.ClientSecret!;
        options.AuthorizationEndpoint = given.AuthorizationEndpoint!;
        options.TokenEndpoint = given.TokenEndpoint!;
        options.UserInformationEndpoint = given.UserInformationEndpoint!;
        options.CallbackPath = CallbackPath;
        options.SignInScheme = IdentityConstants.ApplicationScheme;
        options.UsePkce = true;
        foreach (var scope in given.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            options.Scope.Add(scope);
        }

        // The provider leads back with a GET of the whole page, which Lax lets through.
        https.Shape(options.CorrelationCookie, "exporthub-way-");
        options.CorrelationCookie.SameSite = SameSiteMode.Lax;
        options.Events = new OAuthEvents
        {
            OnCreatingTicket = EnterAsync,
            OnAccessDenied = context => LeadBack(context, SignInFault.Denied),
            OnRemoteFailure = context => LeadBack(
                context, context.HttpContext.Features.Get<SignInRefusal>() is { } refusal ? SignInFaults.Of(refusal.Reason) : SignInFault.Failed),
        };
    }

    private async Task EnterAsync(OAuthCreatingTicketContext context)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, context.Options.UserInformationEndpoint);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", context.AccessToken);
        using var answer = await context.Backchannel.SendAsync(request, context.HttpContext.RequestAborted);
        answer.EnsureSuccessStatusCode();
        using var told = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(context.HttpContext.RequestAborted));

        var person = Read(told.RootElement);
        var entered = await people.EnterAsync(person, context.HttpContext.RequestAborted);
        if (entered.Refusal is { } refusal)
        {
            await audit.RefusedAsync(person.Name, SignInOutcome.Refused);
            context.HttpContext.Features.Set(new SignInRefusal(refusal));
            // What the context is told of a failure, the handler does not read.
            throw new AuthenticationFailureException($"Refused: {refusal}.");
        }

        context.Principal = await principals.CreateAsync(entered.User!);
    }

    private ExternalPerson Read(JsonElement told) => new()
    {
        Origin = Origins.OpenId,
        Subject = Texts(told, openId.Value.SubjectClaim) is [var subject] ? subject : "",
        Name = Texts(told, openId.Value.NameClaim) is [var name] ? name : "",
        Email = Texts(told, openId.Value.EmailClaim).FirstOrDefault(),
        Groups = Texts(told, openId.Value.GroupsClaim),
        Attributes = (access.Value.Attributes ?? []).Where(attribute => Texts(told, attribute.Value).Length > 0)
            .ToDictionary(attribute => attribute.Key, attribute => Value(told, attribute.Value), StringComparer.Ordinal),
    };

    private static object Value(JsonElement told, string claim) =>
        told.GetProperty(claim).ValueKind == JsonValueKind.Array ? Texts(told, claim) : Texts(told, claim)[0];

    /// <summary>A claim is a text or number, or a list of these; anything else counts as not there.</summary>
    private static string[] Texts(JsonElement told, string claim) =>
        told.ValueKind != JsonValueKind.Object || !told.TryGetProperty(claim, out var value) ? []
        : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Where(IsPlain).Select(one => one.ToString())]
        : IsPlain(value) ? [value.ToString()]
        : [];

    private static bool IsPlain(JsonElement value) => value.ValueKind is JsonValueKind.String or JsonValueKind.Number;

    /// <summary>To the sign-in page, which says what happened: a code of ours, and nothing that the provider or an address says.</summary>
    private static Task LeadBack(HandleRequestContext<RemoteAuthenticationOptions> context, SignInFault fault)
    {
        context.Response.Redirect($"{AccessRoom.SignInPath}?because={fault.ToString().ToLowerInvariant()}");
        context.HandleResponse();
        return Task.CompletedTask;
    }
}
