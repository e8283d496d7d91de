using System.Globalization;
using System.Net.Mail;

namespace ExportHub.Notifications.Mail;

/// <summary>Mail addresses as people type them.</summary>
internal static class MailAddresses
{
    /// <summary>RFC 5321, 4.5.3.1.3, without the angle brackets.</summary>
    public const int Longest = 254;

    /// <summary>The part before the @, RFC 5321, 4.5.3.1.1.</summary>
    private const int LongestLocal = 64;

    /// <summary>
    /// Whether it is one bare address: no name beside it, no line breaks, no list, and before the @ only letters that every mail server takes.
    /// </summary>
    public static bool IsOne(string text) =>
        text.Length is > 0 and <= Longest
        && !text.Any(letter => char.IsWhiteSpace(letter) || IsUnseen(letter) || letter is ',' or ';' or ':' or '<' or '>' or '(' or ')' or '"' or '\\' or '[' or ']')
        && MailAddress.TryCreate(text, out var address)
        && address.Address == text
        && address.User.Length is > 0 and <= LongestLocal
        && address.User.All(char.IsAscii)
        && Uri.CheckHostName(address.Host) == UriHostNameType.Dns
        && address.Host.Contains('.', StringComparison.Ordinal)
        && !address.Host.StartsWith('.') && !address.Host.EndsWith('.');

    private static bool IsUnseen(char letter) => char.GetUnicodeCategory(letter)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse;
}
