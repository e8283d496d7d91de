namespace ExportHub.Notifications.Targets;

internal enum TargetKind
{
    /// <summary>A program that is told by HTTP.</summary>
    Webhook,
    S3,
    Azure,

    /// <summary>A folder of the machine, such as a mounted share.</summary>
    Folder,
}

/// <summary>A place with a name that things are delivered to: a row of exporthub.target. Its secret is in <see cref="TargetSecrets"/> only.</summary>
internal sealed record Target
{
    /// <summary>In <see cref="Roles"/>: anybody.</summary>
    public const string Everybody = "*";

    public const int LongestName = 60;

    public required Guid Id { get; init; }

    /// <summary>Never changes: schedules name it.</summary>
    public required string Name { get; init; }

    public required TargetKind Kind { get; init; }

    public required TargetSettings Settings { get; init; }

    public bool HasSecret { get; init; }

    /// <summary>Who may let things be delivered there, besides administrators.</summary>
    public string[] Roles { get; init; } = [];

    public bool Disabled { get; init; }

    public string CreatedBy { get; init; } = "";

    public DateTimeOffset CreatedAt { get; init; }

    public bool MayUse(Access.Person person) => person.IsAdministrator || Roles.Contains(Everybody) || Roles.Intersect(person.Roles, StringComparer.Ordinal).Any();
}

/// <summary>What is set for a target, without secrets. Which members count depends on its kind.</summary>
internal sealed record TargetSettings
{
    /// <summary>Of a web hook.</summary>
    public string? Url { get; init; }

    /// <summary>Of S3.</summary>
    public string? Bucket { get; init; }

    public string? Region { get; init; }

    /// <summary>Of S3: the public half of the key pair.</summary>
    public string? AccessKey { get; init; }

    /// <summary>Of S3: whether the bucket is in the path, as MinIO has it, instead of in the name of the host.</summary>
    public bool PathStyle { get; init; }

    /// <summary>Of Azure.</summary>
    public string? Account { get; init; }

    public string? Container { get; init; }

    /// <summary>Of S3 and Azure, where it is not the provider's own.</summary>
    public string? Endpoint { get; init; }

    public string? Folder { get; init; }

    /// <summary>Of storage: how files are called there, see <see cref="Storage.NamePattern"/>.</summary>
    public string? NamePattern { get; init; }
}

/// <summary>A target as people say it, unchecked.</summary>
/// <param name="Secret">The secret key of S3, the key or shared access signature of Azure; null or empty leaves the one there is. That of a web hook is made by ExportHub.</param>
internal sealed record TargetDraft(string? Name = null, TargetKind? Kind = null, IReadOnlyList<string>? Roles = null, TargetSettings? Settings = null, string? Secret = null);

/// <summary>What somebody may choose for a delivery.</summary>
internal sealed record TargetChoice(string Name, TargetKind Kind);
