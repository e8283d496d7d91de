using System.Net.Mail;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;

namespace ExportHub.Access;

/// <summary>What administrators do with accounts. Each change ends the sessions of the person it concerns. A fault is a sentence, null when all went well.</summary>
internal sealed class People(UserManager<User> users, UserStore store)
{
    private const string Letters = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private const int PasswordLength = 20;

    /// <summary>RFC 5321, 4.5.3.1.3, without the angle brackets.</summary>
    private const int LongestAddress = 254;

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

    public async Task<string?> GiveRolesAsync(Guid id, string[] roles) =>
        FaultOf(roles) ?? await ForeignAsync(id, "The roles of this person come with each sign-in from the groups there.") ?? await ChangeAsync(id, user => user.Roles = roles);

    /// <param name="lines">One for each value, such as `region=EU`.</param>
    public async Task<string?> GiveAttributesAsync(Guid id, string? lines)
    {
        var (attributes, fault) = Attributes.Parse(lines);
        return fault ?? await ForeignAsync(id, "The attributes of this person come with each sign-in from there.") ?? await ChangeAsync(id, user => user.Attributes = attributes);
    }

    /// <summary>Unlike the others, this ends no session.</summary>
    /// <param name="bytes">1 or more; null for what everybody has.</param>
    public async Task<string?> GiveQuotaAsync(Guid id, long? bytes, CancellationToken cancel) =>
        await store.GiveQuotaAsync(id, bytes, cancel) ? null : "This person is there no longer.";

    /// <summary>Where mail to the person goes, and by which a recipient is known to be this person. Empty for none.</summary>
    public async Task<string?> GiveAddressAsync(Guid id, string? address)
    {
        var said = address?.Trim() is { Length: > 0 } text ? text : null;
        return said is not null && !IsAddress(said)
            ? "A mail address looks like anna@example.com."
            : await ForeignAsync(id, "The mail address of this person comes with each sign-in from there.") ?? await ChangeAsync(id, user => user.Email = said);
    }

    public Task<string?> DisableAsync(Guid id, bool disabled) => ChangeAsync(id, user => user.Disabled = disabled);

    public async Task<(string? Password, string? Fault)> ResetPasswordAsync(Guid id)
    {
        var password = NewPassword();
        var fault = await ForeignAsync(id, "This person has no password here.") ?? await ChangeAsync(id, user => user.PasswordHash = users.PasswordHasher.HashPassword(user, password));
        return fault is null ? (password, null) : (null, fault);
    }

    /// <summary>The fault where somebody else vouches for the person.</summary>
    private async Task<string?> ForeignAsync(Guid id, string fault) =>
        await users.FindByIdAsync(id.ToString()) is { } user && !Origins.HasPassword(user.Origin) ? fault : null;

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

    // Whether others will vouch for somebody tomorrow, nobody here knows.
    private static bool IsActiveAdministrator(User user) => !user.Disabled && user.Roles.Contains(Roles.Admin) && Origins.HasPassword(user.Origin);

    /// <summary>As they are written in a field or a setting: separated by commas.</summary>
    public static string[] ReadRoles(string? text) =>
        [.. (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];

    internal static string? FaultOf(string[] roles) =>
        roles.FirstOrDefault(role => !Roles.IsName(role)) is { } wrong
            ? $"“{wrong}” cannot be a role: a role has 1 to 50 lower-case letters, digits, hyphens or underscores."
            : null;

    private static bool IsAddress(string text) =>
        text.Length <= LongestAddress && !text.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter)) && MailAddress.TryCreate(text, out var address) && address.Address == text;

    private static string Words(IdentityResult result) => string.Join(" ", result.Errors.Select(error => error.Description));
}
