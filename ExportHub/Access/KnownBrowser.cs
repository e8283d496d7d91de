using System.Security.Cryptography;
using ExportHub.Access.Safeguards;
using Microsoft.AspNetCore.DataProtection;

namespace ExportHub.Access;

/// <summary>
/// Remembers in a browser who has signed in with it, so that guesses made elsewhere keep nobody out of their own. It lets nobody in.
/// Source: OWASP, Slow Down Online Guessing Attacks with Device Cookies.
/// </summary>
internal sealed class KnownBrowser(IDataProtectionProvider protection, HttpsRule https)
{
    private const string Name = "exporthub-known";

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("ExportHub.KnownBrowser").ToTimeLimitedDataProtector();

    /// <summary>What names this browser where this person has signed in with it; null otherwise.</summary>
    public string? Find(HttpContext http, string nameKey) =>
        http.Request.Cookies.TryGetValue(Cookie().Name!, out var value) && Read(value) is [var browser, var name] && name == nameKey ? browser : null;

    public void Remember(HttpContext http, string nameKey)
    {
        var cookie = Cookie();
        var browser = Find(http, nameKey) ?? Guid.NewGuid().ToString();
        http.Response.Cookies.Append(cookie.Name!, protector.Protect($"{browser} {nameKey}", Lifetime), cookie.Build(http));
    }

    private string[]? Read(string value)
    {
        try
        {
            return protector.Unprotect(value).Split(' ', 2);
        }
        catch (CryptographicException)
        {
            // Not ours, or too old.
            return null;
        }
    }

    private CookieBuilder Cookie()
    {
        var cookie = new CookieBuilder { SameSite = SameSiteMode.Strict, MaxAge = Lifetime };
        https.Shape(cookie, Name);
        return cookie;
    }
}
