namespace ExportHub.Access;

/// <summary>What the audit tells apart. Those of exports, templates, schedules and administration are written by triggers of the database (migrations 0010, 0011, 0017 and 0019), those of people by the application.</summary>
internal static class AuditActs
{
    public const string Download = "download";
    public const string Receipt = "receipt";
    public const string Look = "look";
    public const string Preview = "preview";
    public const string Link = "link_made";
    public const string Dashboard = "dashboard";
    public const string DatasetMade = "dataset_made";
    public const string DatasetChanged = "dataset_changed";
    public const string DatasetRemoved = "dataset_removed";
    public const string DatasetTested = "dataset_tested";
    public const string SignedIn = "sign_in";
    public const string Refused = "sign_in_refused";
    public const string Locked = "sign_in_locked";
    public const string SignedOut = "sign_out";

    public static readonly IReadOnlyList<string> OfExports =
        ["request", "start", "postpone", "release", "complete", "fail", "cancel", "stop", "retry", "expire", "keep", "unkeep", "delete_file"];

    public static readonly IReadOnlyList<string> OfAdministration =
    [
        "pause", "resume", "drain", "undrain", "user_added", "user_removed", "roles_given", "attributes_given", "quota_given", "user_disabled", "user_enabled",
        "password_changed", "password_reset", "password_rehashed", "token_made", "token_revoked", Dashboard,
        DatasetMade, DatasetChanged, DatasetRemoved, DatasetTested,
    ];

    public static readonly IReadOnlyList<string> OfTemplates =
        ["template_made", "template_saved", "template_renamed", "template_shared", "template_deleted", "template_default", "template_default_ended"];

    public static readonly IReadOnlyList<string> OfSchedules =
    [
        "schedule_made", "schedule_changed", "schedule_paused", "schedule_resumed", "schedule_deleted", "schedule_taken_over", "schedule_run",
        "occurrence_delivered", "occurrence_dropped",
    ];

    public static readonly IReadOnlyList<string> OfPeople = [Download, Receipt, Look, Preview, Link, SignedIn, Refused, Locked, SignedOut];

    public static IReadOnlyList<string> All { get; } = [.. OfPeople, .. OfExports, .. OfTemplates, .. OfSchedules, .. OfAdministration];
}
