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

    /// <summary>One of <see cref="Origins"/>; never changes but from demo to local.</summary>
    public string Origin { get; init; } = Origins.Local;

    /// <summary>Whom a proxy or a provider means; null for who signs in here.</summary>
    public string? Subject { get; init; }

    public bool Disabled { get; set; }

    public string[] Roles { get; set; } = [];

    public Attributes Attributes { get; set; } = Attributes.None;

    /// <summary>How many bytes of files the person may have; null where that is as for everybody. Changed by <see cref="UserStore.GiveQuotaAsync"/> alone.</summary>
    public long? QuotaBytes { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Who says that a person is who they say.</summary>
internal static class Origins
{
    /// <summary>A password that is kept here.</summary>
    public const string Local = "local";

    /// <summary>A password that the sign-in page shows: see <see cref="DemoPeople"/>.</summary>
    public const string Demo = "demo";

    /// <summary>A proxy in front of ExportHub.</summary>
    public const string Proxy = "proxy";

    /// <summary>An OAuth 2 / OpenID Connect provider.</summary>
    public const string OpenId = "openid";

    /// <summary>Whether the person has a password here, which can be changed and reset.</summary>
    public static bool HasPassword(string origin) => origin is Local or Demo;
}
