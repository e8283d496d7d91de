using System.Security.Claims;

namespace ExportHub.Access;

/// <summary>Who is at the other end of a request.</summary>
internal static class Person
{
    /// <summary>Everybody who has not signed in.</summary>
    public const string Anonymous = "anonymous";

    public static string Of(ClaimsPrincipal user) => user.Identity?.Name is { Length: > 0 } name ? name : Anonymous;
}
