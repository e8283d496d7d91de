using Microsoft.AspNetCore.Identity;

namespace ExportHub.Access;

internal enum SignInOutcome
{
    Done,

    /// <summary>Name or password is wrong; which of them, nobody is told.</summary>
    Refused,

    /// <summary>There were too many wrong passwords for this name a short while ago.</summary>
    Locked,
}

/// <summary>Signs people in by name and password.</summary>
internal sealed class SignIn(SignInManager<User> manager, UserManager<User> users, IPasswordHasher<User> hasher, SessionAudit audit)
{
    // Compared with where nobody has the name, so that this takes as long as where somebody has.
    private static readonly User Nobody = new() { Id = Guid.Empty, Name = "nobody" };

    private static string? nobodysHash;

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
        if (await users.FindByNameAsync(name) is not { Disabled: false } user)
        {
            hasher.VerifyHashedPassword(Nobody, nobodysHash ??= hasher.HashPassword(Nobody, Guid.NewGuid().ToString()), password);
            return SignInOutcome.Refused;
        }

        var result = await manager.PasswordSignInAsync(user, password, isPersistent: false, lockoutOnFailure: true);
        return result.Succeeded ? SignInOutcome.Done : result.IsLockedOut ? SignInOutcome.Locked : SignInOutcome.Refused;
    }
}
