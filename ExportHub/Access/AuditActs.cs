namespace ExportHub.Access;

/// <summary>What the audit tells apart. The first two groups are written by triggers of the database (migration 0010), the last by the application.</summary>
internal static class AuditActs
{
    public const string Download = "download";
    public const string Receipt = "receipt";
    public const string Look = "look";
    public const string Preview = "preview";
    public const string Link = "link_made";
    public const string Dashboard = "dashboard";
    public const string SignedIn = "sign_in";
    public const string Refused = "sign_in_refused";
    public const string Locked = "sign_in_locked";
    public const string SignedOut = "sign_out";

    public static readonly IReadOnlyList<string> OfExports =
        ["request", "start", "postpone", "release", "complete", "fail", "cancel", "stop", "retry", "expire"];

    public static readonly IReadOnlyList<string> OfAdministration =
    [
        "pause", "resume", "drain", "undrain", "user_added", "user_removed", "roles_given", "attributes_given", "user_disabled", "user_enabled",
        "password_changed", "password_reset", "password_rehashed", "token_made", "token_revoked", Dashboard,
    ];

    public static readonly IReadOnlyList<string> OfPeople = [Download, Receipt, Look, Preview, Link, SignedIn, Refused, Locked, SignedOut];

    public static IReadOnlyList<string> All { get; } = [.. OfPeople, .. OfExports, .. OfAdministration];
}
