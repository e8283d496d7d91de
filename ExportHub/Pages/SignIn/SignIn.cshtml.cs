using ExportHub.Access;
using ExportHub.Access.External;
using ExportHub.Access.Safeguards;
using ExportHub.Language;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace ExportHub.Pages.SignIn;

/// <summary>Lets people in, and out again.</summary>
[CountsAs(LimitKind.SignIn)]
[LeadBackWithoutCookie]
internal sealed class SignInModel(
    Access.SignIn signIn, DemoPeople demo, HttpsRule https, IAuthenticationSchemeProvider ways, IOptions<OpenIdOptions> openId) : PageModel
{
    private const int LongestName = 200;
    private const int LongestPassword = 1_000;

    [BindProperty]
    public string? Name { get; set; }

    /// <summary>Where the person wanted to go; only within this site.</summary>
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public string? Fault { get; private set; }

    /// <summary>A browser would keep no cookie of this page, so that nobody could come in.</summary>
    public bool NeedsHttps => https.Refuses(Request);

    /// <summary>The words of the link to a provider; null without one.</summary>
    public string? Provider { get; private set; }

    public IReadOnlyList<DemoPerson> Demo { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(SignInFault? because, CancellationToken cancel)
    {
        Fault = because is { } known ? Text.Recall(known.Sentence()) : null;
        return await ShowAsync(because?.IsFinal() == true ? StatusCodes.Status403Forbidden : StatusCodes.Status200OK, cancel);
    }

    /// <summary>A link, because the content policy lets no form lead to another site.</summary>
    public async Task<IActionResult> OnGetProviderAsync() =>
        await ways.GetSchemeAsync(OpenIdSignIn.Scheme) is null ? NotFound()
        : NeedsHttps ? Redirect(AccessRoom.SignInPath)
        : Challenge(new AuthenticationProperties { RedirectUri = Back }, OpenIdSignIn.Scheme);

    public async Task<IActionResult> OnPostAsync(string? password, CancellationToken cancel)
    {
        if (NeedsHttps)
        {
            return await ShowAsync(StatusCodes.Status400BadRequest, cancel);
        }

        var outcome = Name is { Length: > 0 and <= LongestName } && password is { Length: > 0 and <= LongestPassword }
            ? await signIn.WithPasswordAsync(Name.Trim(), password)
            : SignInOutcome.Refused;
        return outcome == SignInOutcome.Done ? LocalRedirect(Back) : await RefuseAsync(outcome, cancel);
    }

    public async Task<IActionResult> OnPostOutAsync()
    {
        await signIn.OutAsync();
        return LocalRedirect(AccessRoom.SignInPath);
    }

    private string Back => Url.IsLocalUrl(ReturnUrl) ? ReturnUrl! : "/";

    private Task<IActionResult> RefuseAsync(SignInOutcome outcome, CancellationToken cancel)
    {
        if (outcome == SignInOutcome.Refused)
        {
            Fault = Text.Of("Name or password is not right.");
            return ShowAsync(StatusCodes.Status400BadRequest, cancel);
        }

        Fault = Text.Of("There were too many wrong tries. Wait some minutes and try again; a browser that you have signed in with before waits five at most.");
        Response.Headers.RetryAfter = $"{PasswordGuard.Wait.TotalSeconds:0}";
        return ShowAsync(StatusCodes.Status429TooManyRequests, cancel);
    }

    private async Task<IActionResult> ShowAsync(int status, CancellationToken cancel)
    {
        Provider = await ways.GetSchemeAsync(OpenIdSignIn.Scheme) is null ? null : openId.Value.Title;
        Demo = await demo.ListAsync(cancel);
        Response.StatusCode = status;
        return Page();
    }
}
