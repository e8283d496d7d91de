namespace ExportHub.Access;

/// <summary>The roles that ExportHub itself knows. Any other is a group of people that datasets may name.</summary>
internal static class Roles
{
    /// <summary>May do everything and see everybody's exports.</summary>
    public const string Admin = "admin";

    /// <summary>May look at the operations page and the dashboard and change nothing.</summary>
    public const string Support = "support";
}
