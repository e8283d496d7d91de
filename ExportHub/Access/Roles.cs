namespace ExportHub.Access;

/// <summary>The roles that ExportHub itself knows. Any other names a group; nothing depends on it yet.</summary>
internal static class Roles
{
    /// <summary>May do everything and see everybody's exports.</summary>
    public const string Admin = "admin";

    /// <summary>May look at the operations page and the dashboard and change nothing.</summary>
    public const string Support = "support";
}
