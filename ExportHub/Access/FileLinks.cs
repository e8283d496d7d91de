using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace ExportHub.Access;

/// <summary>
/// Links that open one file for a few minutes without a sign-in, for a mail or a redirect. The signature (HMAC-SHA256) is over the method, the export, its
/// attempt, the person and the end; whoever opens the link has the rights that this person has then.
/// </summary>
internal sealed class FileLinks(
    LinkKey key, UserStore users, IUserClaimsPrincipalFactory<User> principals, IOptions<AccessOptions> options, TimeProvider time)
{
    public const string Path = "/api/links";

    public bool AreOn => Lifetime > TimeSpan.Zero;

    private TimeSpan Lifetime => options.Value.SignedLinkLifetime;

    /// <param name="by">The person's id.</param>
    public async Task<FileLink> MakeAsync(Guid export, int attempt, Guid by, CancellationToken cancel)
    {
        // Whole seconds, rounded down: never longer than is allowed.
        var until = DateTimeOffset.FromUnixTimeSeconds((time.GetUtcNow() + Lifetime).ToUnixTimeSeconds());
        var signature = Sign(await key.FindOrMakeAsync(cancel), export, attempt, by, until.ToUnixTimeSeconds());
        var query = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            // Behind the question mark, because paths are in logs and problem details.
            ["attempt"] = attempt.ToString(CultureInfo.InvariantCulture),
            ["by"] = by.ToString(),
            ["until"] = until.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            ["signature"] = signature,
        };
        return new FileLink(QueryHelpers.AddQueryString($"{Path}/{export}", query), until);
    }

    /// <summary>
    /// Whom the link was made for and of which attempt it opens the file; null when it was altered or has ended, or the person may no longer come in.
    /// </summary>
    public async Task<(ClaimsPrincipal Person, int Attempt)?> OpenAsync(Guid export, IQueryCollection query, CancellationToken cancel)
    {
        if (!AreOn
            || !int.TryParse(query["attempt"], NumberStyles.None, CultureInfo.InvariantCulture, out var attempt)
            || !Guid.TryParseExact(query["by"], "D", out var by)
            || !long.TryParse(query["until"], NumberStyles.None, CultureInfo.InvariantCulture, out var until)
            || !IsTimely(until)
            || await key.FindAsync(cancel) is not { } secret
            || !IsSame(Sign(secret, export, attempt, by, until), query["signature"].ToString())
            || await users.FindByIdAsync(by.ToString(), cancel) is not { Disabled: false } person)
        {
            return null;
        }

        var principal = await principals.CreateAsync(person);
        principal.AddIdentity(new ClaimsIdentity([new Claim(Actor.LinkClaim, "true")]));
        return (principal, attempt);
    }

    /// <summary>Not over, and not longer than links may be now: a shorter setting also shortens what was signed before.</summary>
    private bool IsTimely(long until)
    {
        var left = until - (time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0);
        return left > 0 && left <= Lifetime.TotalSeconds;
    }

    private static string Sign(byte[] secret, Guid export, int attempt, Guid by, long until) => Convert.ToHexStringLower(
        HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"GET\n{export}\n{attempt}\n{by}\n{until}"))));

    /// <summary>Takes as long for a signature that is wrong in its first letter as for one that is in its last.</summary>
    private static bool IsSame(string expected, string given) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given));
}

/// <param name="Url">On this site, without its name.</param>
internal sealed record FileLink(string Url, DateTimeOffset ExpiresAt);
