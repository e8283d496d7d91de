using System.Security.Claims;

namespace ExportHub.Access;

/// <summary>Who is at the other end of a request.</summary>
/// <param name="Name">As exports and actions name the person.</param>
/// <param name="SeesAll">Whether also what belongs to others.</param>
internal sealed record Viewer(string Name, bool SeesAll)
{
    /// <summary>The service itself, and an administrator whose right was checked at the door.</summary>
    public static Viewer Everything { get; } = new("", SeesAll: true);

    public static Viewer Of(ClaimsPrincipal user) =>
        user.Identity is { IsAuthenticated: true, Name: { Length: > 0 } name }
            ? new Viewer(name, user.IsInRole(Roles.Admin))
            : throw new InvalidOperationException("Nobody has signed in, so this must not be reached.");

    public bool MaySee(string owner) => SeesAll || owner == Name;
}
