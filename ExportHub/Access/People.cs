using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;

namespace ExportHub.Access;

/// <summary>What administrators do with accounts. Each change ends the sessions of the person it concerns. A fault is a sentence, null when all went well.</summary>
internal sealed class People(UserManager<User> users, UserStore store)
{
    private const string Letters = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private const int PasswordLength = 20;

    public static string NewPassword() => RandomNumberGenerator.GetString(Letters, PasswordLength);

    public Task<IReadOnlyList<User>> ListAsync(CancellationToken cancel) => store.ListAsync(cancel);

    public async Task<(string? Password, string? Fault)> AddAsync(string name, string[] roles)
    {
        if (FaultOf(roles) is { } fault)
        {
            return (null, fault);
        }

        var password = NewPassword();
        var made = await users.CreateAsync(new User { Id = Guid.CreateVersion7(), Name = name, Roles = roles }, password);
        return made.Succeeded ? (password, null) : (null, Words(made));
    }

    public Task<string?> GiveRolesAsync(Guid id, string[] roles) =>
        FaultOf(roles) is { } fault ? Task.FromResult<string?>(fault) : ChangeAsync(id, user => user.Roles = roles);

    /// <param name="lines">One for each value, such as `region=EU`.</param>
    public Task<string?> GiveAttributesAsync(Guid id, string? lines)
    {
        var (attributes, fault) = Attributes.Parse(lines);
        return fault is null ? ChangeAsync(id, user => user.Attributes = attributes) : Task.FromResult<string?>(fault);
    }

    public Task<string?> DisableAsync(Guid id, bool disabled) => ChangeAsync(id, user => user.Disabled = disabled);

    public async Task<(string? Password, string? Fault)> ResetPasswordAsync(Guid id)
    {
        var password = NewPassword();
        var fault = await ChangeAsync(id, user =>
        {
            user.PasswordHash = users.PasswordHasher.HashPassword(user, password);
            (user.FailedSignIns, user.LockedUntil) = (0, null);
        });
        return fault is null ? (password, null) : (null, fault);
    }

    private async Task<string?> ChangeAsync(Guid id, Action<User> change)
    {
        if (await users.FindByIdAsync(id.ToString()) is not { } user)
        {
            return "This person is there no longer.";
        }

        change(user);
        if (!(await store.ListAsync(CancellationToken.None)).Select(other => other.Id == id ? user : other).Any(IsActiveAdministrator))
        {
            return "Somebody has to be an administrator who can sign in.";
        }

        // Saves the rest of the row too.
        var saved = await users.UpdateSecurityStampAsync(user);
        return saved.Succeeded ? null : Words(saved);
    }

    private static bool IsActiveAdministrator(User user) => !user.Disabled && user.Roles.Contains(Roles.Admin);

    private static string? FaultOf(string[] roles) =>
        roles.FirstOrDefault(role => !Roles.IsName(role)) is { } wrong
            ? $"“{wrong}” cannot be a role: a role has 1 to 50 lower-case letters, digits, hyphens or underscores."
            : null;

    private static string Words(IdentityResult result) => string.Join(" ", result.Errors.Select(error => error.Description));
}
