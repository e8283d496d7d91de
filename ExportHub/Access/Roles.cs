using System.Text.RegularExpressions;

namespace ExportHub.Access;

/// <summary>The roles that ExportHub itself knows. Any other names a group, to which definitions of datasets give rights.</summary>
internal static partial class Roles
{
    /// <summary>May do everything and see everybody's exports.</summary>
    public const string Admin = "admin";

    /// <summary>May look at the operations page and the dashboard and change nothing.</summary>
    public const string Support = "support";

    /// <summary>What a name must be like: 1 to 50 lower-case letters, digits, hyphens or underscores.</summary>
    public static bool IsName(string role) => NamePattern().IsMatch(role);

    [GeneratedRegex(@"\A[a-z0-9_-]{1,50}\z")]
    private static partial Regex NamePattern();
}
