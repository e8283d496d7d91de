using ExportHub.Access;
using ExportHub.Notifications.Mail;
using Microsoft.AspNetCore.Identity;

namespace ExportHub.Notifications;

/// <summary>Who is behind an address, and which address somebody has.</summary>
internal sealed class Recipients(UserStore users, ILookupNormalizer names)
{
    /// <summary>The one active person whose address it is, whatever its capitals; null when it is nobody's or several people's.</summary>
    public async Task<Viewer?> FindAsync(string address, CancellationToken cancel) =>
        await users.ListByAddressAsync(address, cancel) is [var user] ? new Viewer(user.Name, user.Roles.Contains(Roles.Admin)) : null;

    /// <summary>Null when the person is gone or disabled, or has no address that mail can go to.</summary>
    public async Task<string?> AddressOfAsync(string name, CancellationToken cancel) =>
        await users.FindByNameAsync(names.NormalizeName(name), cancel) is { Disabled: false, Email: { } address } user && user.Name == name && MailAddresses.IsOne(address) ? address : null;
}
