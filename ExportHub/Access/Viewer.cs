using System.Security.Claims;

namespace ExportHub.Access;

/// <summary>Who is at the other end of a request.</summary>
/// <param name="Name">As exports and actions name the person.</param>
/// <param name="SeesAll">Whether also what belongs to others.</param>
internal sealed record Viewer(string Name, bool SeesAll)
{
    public const string AnonymousName = "anonymous";

    /// <summary>Everybody where nobody signs in. Where people do, nobody without a name gets as far as this.</summary>
    public static Viewer Anonymous { get; } = new(AnonymousName, SeesAll: true);

    /// <summary>The service itself, and an administrator whose right was checked at the door.</summary>
    public static Viewer Everything { get; } = new("", SeesAll: true);

    public static Viewer Of(ClaimsPrincipal user) =>
        user.Identity is { IsAuthenticated: true, Name: { Length: > 0 } name } ? new Viewer(name, user.IsInRole(Roles.Admin)) : Anonymous;

    public bool MaySee(string owner) => SeesAll || owner == Name;
}
