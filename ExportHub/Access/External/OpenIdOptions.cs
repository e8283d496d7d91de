using Microsoft.Extensions.Options;

namespace ExportHub.Access.External;

/// <summary>Settings under `Access:OpenId`: a provider that signs people in, by OAuth 2 with PKCE and its userinfo endpoint.</summary>
internal sealed class OpenIdOptions
{
    public const string Section = "Access:OpenId";

    public string? AuthorizationEndpoint { get; set; }

    public string? TokenEndpoint { get; set; }

    public string? UserInformationEndpoint { get; set; }

    public string? ClientId { get; set; }

    public string? ClientSecret { get; set; }

    /// <summary>Separated by blanks.</summary>
    public string Scopes { get; set; } = "openid profile email";

    /// <summary>What the button on the sign-in page says.</summary>
    public string Title { get; set; } = "Sign in with your company account";

    /// <summary>The claim that stays the same for as long as it is the same person.</summary>
    public string SubjectClaim { get; set; } = "sub";

    public string NameClaim { get; set; } = "preferred_username";

    public string EmailClaim { get; set; } = "email";

    public string GroupsClaim { get; set; } = "groups";
}

internal sealed class CheckOpenIdOptions(IConfiguration configuration) : IValidateOptions<OpenIdOptions>
{
    public ValidateOptionsResult Validate(string? name, OpenIdOptions options)
    {
        if (!configuration.GetSection(OpenIdOptions.Section).Exists())
        {
            return ValidateOptionsResult.Success;
        }

        (string Key, string? Value)[] addresses =
        [
            (nameof(options.AuthorizationEndpoint), options.AuthorizationEndpoint),
            (nameof(options.TokenEndpoint), options.TokenEndpoint),
            (nameof(options.UserInformationEndpoint), options.UserInformationEndpoint),
        ];
        (string Key, string? Value)[] words =
        [
            (nameof(options.ClientId), options.ClientId), (nameof(options.ClientSecret), options.ClientSecret), (nameof(options.Scopes), options.Scopes),
            (nameof(options.Title), options.Title), (nameof(options.SubjectClaim), options.SubjectClaim), (nameof(options.NameClaim), options.NameClaim),
        ];
        List<string> faults =
        [
            .. from address in addresses where !IsSafe(address.Value) select $"{OpenIdOptions.Section}:{address.Key} must be an https address of the provider.",
            .. from word in words where string.IsNullOrWhiteSpace(word.Value) select $"{OpenIdOptions.Section}:{word.Key} is missing.",
        ];
        return faults is [] ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    /// <summary>The secret of the client and the tokens of people go there. This machine itself may be asked in plain.</summary>
    private static bool IsSafe(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
}
