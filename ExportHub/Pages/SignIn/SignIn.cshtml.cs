using ExportHub.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExportHub.Pages.SignIn;

/// <summary>Lets people in, and out again.</summary>
[CountsAs(LimitKind.SignIn)]
internal sealed class SignInModel(Access.SignIn signIn) : PageModel
{
    private const int LongestPassword = 1_000;

    [BindProperty]
    public string? Name { get; set; }

    /// <summary>Where the person wanted to go; only within this site.</summary>
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public string? Fault { get; private set; }

    public async Task<IActionResult> OnPostAsync(string? password)
    {
        var outcome = Name is { Length: > 0 } && password is { Length: > 0 and <= LongestPassword }
            ? await signIn.WithPasswordAsync(Name.Trim(), password)
            : SignInOutcome.Refused;
        if (outcome == SignInOutcome.Done)
        {
            return LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl! : "/");
        }

        Fault = outcome == SignInOutcome.Locked
            ? "There were too many wrong passwords. Wait five minutes and try again, or ask an administrator for a new password."
            : "Name or password is not right.";
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    public async Task<IActionResult> OnPostOutAsync()
    {
        await signIn.OutAsync();
        return LocalRedirect(AccessRoom.SignInPath);
    }
}
