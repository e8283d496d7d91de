namespace ExportHub.Access;

/// <summary>A person who can sign in: a row of exporthub.app_user.</summary>
internal sealed class User
{
    public required Guid Id { get; init; }

    /// <summary>Never changes.</summary>
    public required string Name { get; set; }

    /// <summary>The name as it is compared.</summary>
    public string NameKey { get; set; } = "";

    public string? Email { get; set; }

    public string? PasswordHash { get; set; }

    public string SecurityStamp { get; set; } = "";

    public int FailedSignIns { get; set; }

    public DateTimeOffset? LockedUntil { get; set; }

    public bool Disabled { get; set; }

    public string[] Roles { get; set; } = [];

    public Attributes Attributes { get; set; } = Attributes.None;

    public DateTimeOffset CreatedAt { get; init; }
}
