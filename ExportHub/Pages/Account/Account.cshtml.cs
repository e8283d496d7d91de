using System.Globalization;
using ExportHub.Access;
using ExportHub.Language;
using ExportHub.Pages.Request;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ExportHub.Pages.Account;

/// <summary>What people change about themselves: password and tokens.</summary>
internal sealed class AccountModel(UserManager<User> users, Access.SignIn signIn, TokenStore tokenStore) : PageModel
{
    private const int LongestDays = 366;

    public User Me { get; private set; } = null!;

    public List<FormError> Faults { get; } = [];

    /// <summary>What was just changed.</summary>
    public string? Done { get; private set; }

    /// <summary>Shown once.</summary>
    public string? NewToken { get; private set; }

    public IReadOnlyList<ApiToken> Tokens { get; private set; } = [];

    /// <summary>What this person's tokens may do.</summary>
    public IReadOnlyList<string> Scopes => [.. Access.Scopes.All.Where(scope => scope != Access.Scopes.Admin || Me.Roles.Contains(Roles.Admin))];

    public Task<IActionResult> OnGetAsync(CancellationToken cancel) => ShowAsync(cancel);

    public async Task<IActionResult> OnPostPasswordAsync(string? current, string? next, CancellationToken cancel)
    {
        if (await users.GetUserAsync(User) is not { } me)
        {
            return NotFound();
        }

        var changed = await signIn.ChangePasswordAsync(me, current ?? "", next ?? "");
        Done = changed.Succeeded ? Text.Of("Your password is changed. Everywhere else you are signed out.") : null;
        Faults.AddRange(changed.Errors.Select(error => new FormError(error.Code == "PasswordMismatch" ? "current" : "next", Text.Recall(error.Description))));
        return await ShowAsync(cancel);
    }

    public async Task<IActionResult> OnPostTokenAsync(string? tokenName, string[] scopes, string? days, CancellationToken cancel)
    {
        if (await users.GetUserAsync(User) is not { } me)
        {
            return NotFound();
        }

        Me = me;
        var chosen = Scopes.Intersect(scopes).ToList();
        Demand(!string.IsNullOrWhiteSpace(tokenName) && tokenName.Length <= 100 && !tokenName.Any(char.IsControl), "tokenName", Text.Of("Say in 1 to 100 characters of one line what the token is for."));
        Demand(chosen.Count > 0, "tokenName", Text.Of("Choose what the token may do."));
        Demand(int.TryParse(days, CultureInfo.InvariantCulture, out var valid) && valid is >= 1 and <= LongestDays, "days", Text.Of("A token is valid for 1 to {0} days.", LongestDays));
        if (Faults.Count == 0)
        {
            NewToken = await tokenStore.CreateAsync(me.Id, tokenName!.Trim(), chosen, TimeSpan.FromDays(valid), cancel);
        }

        return await ShowAsync(cancel);
    }

    public async Task<IActionResult> OnPostRevokeAsync(Guid id, CancellationToken cancel)
    {
        if (await users.GetUserAsync(User) is not { } me)
        {
            return NotFound();
        }

        Done = await tokenStore.RevokeAsync(me.Id, id, cancel) ? Text.Of("The token is revoked and opens nothing any more.") : null;
        return await ShowAsync(cancel);
    }

    private void Demand(bool holds, string field, string fault)
    {
        if (!holds)
        {
            Faults.Add(new FormError(field, fault));
        }
    }

    /// <summary>Without people who sign in there are no accounts.</summary>
    private async Task<IActionResult> ShowAsync(CancellationToken cancel)
    {
        if (await users.GetUserAsync(User) is not { } me)
        {
            return NotFound();
        }

        Me = me;
        Tokens = await tokenStore.ListAsync(me.Id, cancel);
        return Page();
    }
}
