using Microsoft.AspNetCore.Identity;

namespace ExportHub.Access;

internal enum SignInOutcome
{
    Done,

    /// <summary>Name or password is wrong; which of them, nobody is told.</summary>
    Refused,

    /// <summary>There were too many wrong passwords a short while ago; whether somebody has the name, nobody is told.</summary>
    Locked,
}

/// <summary>Signs people in by name and password. A name that nobody has takes the same steps, and so the same time.</summary>
internal sealed class SignIn(SignInManager<User> manager, UserManager<User> users, PasswordGuard guard, SessionAudit audit)
{
    // Compared with where there is no password.
    private static readonly User Nobody = new() { Id = Guid.Empty, Name = "nobody" };
    private static readonly PasswordHasher<User> NobodysHasher = new();
    private static readonly string NobodysHash = NobodysHasher.HashPassword(Nobody, Guid.NewGuid().ToString());

    public async Task<SignInOutcome> WithPasswordAsync(string name, string password)
    {
        var outcome = await TryAsync(name, password);
        if (outcome != SignInOutcome.Done)
        {
            await audit.RefusedAsync(name, outcome);
        }

        return outcome;
    }

    public Task OutAsync() => manager.SignOutAsync();

    private async Task<SignInOutcome> TryAsync(string name, string password)
    {
        var key = users.NormalizeName(name);
        if (!await guard.AdmitAsync(manager.Context, key))
        {
            return SignInOutcome.Locked;
        }

        if (await FindAsync(name) is not { } user || !await users.CheckPasswordAsync(user, password))
        {
            return SignInOutcome.Refused;
        }

        await guard.WelcomeAsync(manager.Context, key);
        await manager.SignInAsync(user, isPersistent: false);
        return SignInOutcome.Done;

        async Task<User?> FindAsync(string asked)
        {
            // What PostgreSQL takes for no text nobody is named.
            if (!asked.Contains('\0', StringComparison.Ordinal) && await users.FindByNameAsync(asked) is { Disabled: false, PasswordHash: not null } found)
            {
                return found;
            }

            NobodysHasher.VerifyHashedPassword(Nobody, NobodysHash, password);
            return null;
        }
    }

    /// <summary>Asks for the current password; who guesses at it has to wait as at the sign-in. A change ends all sessions, and this one goes on as a new one.</summary>
    public async Task<IdentityResult> ChangePasswordAsync(User user, string current, string next)
    {
        if (!await guard.AdmitAsync(manager.Context, user.NameKey))
        {
            return IdentityResult.Failed(new IdentityError { Code = "PasswordMismatch", Description = "There were too many wrong passwords. Wait five minutes and try again." });
        }

        var changed = await users.ChangePasswordAsync(user, current, next);
        if (changed.Succeeded || !changed.Errors.Any(error => error.Code == "PasswordMismatch"))
        {
            await guard.WelcomeAsync(manager.Context, user.NameKey);
        }

        if (changed.Succeeded)
        {
            await manager.RefreshSignInAsync(user);
        }

        return changed;
    }
}
