using ExportHub.Language;

namespace ExportHub.Pages.Audit;

/// <summary>What an act is called where one is chosen; by its own name when it is new here.</summary>
internal static class ActNames
{
    public static string Of(string act) => OfPeople(act) ?? OfExports(act) ?? OfTemplates(act) ?? OfSchedules(act) ?? OfAdministration(act) ?? char.ToUpperInvariant(act[0]) + act[1..].Replace('_', ' ');

    private static string? OfPeople(string act) => act switch
    {
        "download" => Text.Of("File downloaded"),
        "receipt" => Text.Of("Receipt read"),
        "look" => Text.Of("Somebody else’s export looked at"),
        "preview" => Text.Of("Preview looked at"),
        "link_made" => Text.Of("Link made"),
        "sign_in" => Text.Of("Signed in"),
        "sign_in_refused" => Text.Of("Sign-in refused"),
        "sign_in_locked" => Text.Of("Sign-in locked"),
        "sign_out" => Text.Of("Signed out"),
        _ => null,
    };

    private static string? OfExports(string act) => act switch
    {
        "request" => Text.Of("Export asked for"),
        "start" => Text.Of("Attempt begun"),
        "postpone" => Text.Of("Attempt postponed"),
        "release" => Text.Of("Attempt given back"),
        "complete" => Text.Of("Export completed"),
        "fail" => Text.Of("Export failed"),
        "cancel" => Text.Of("Export canceled"),
        "stop" => Text.Of("Attempt stopped"),
        "retry" => Text.Of("Export run again"),
        "expire" => Text.Of("File expired"),
        "keep" => Text.Of("File kept"),
        "unkeep" => Text.Of("File no longer kept"),
        "delete_file" => Text.Of("File deleted"),
        _ => null,
    };

    private static string? OfTemplates(string act) => act switch
    {
        "template_made" => Text.Of("Template made"),
        "template_saved" => Text.Of("Template saved"),
        "template_renamed" => Text.Of("Template renamed"),
        "template_shared" => Text.Of("Template shared"),
        "template_deleted" => Text.Of("Template deleted"),
        "template_default" => Text.Of("Template made the default"),
        "template_default_ended" => Text.Of("Template no longer the default"),
        _ => null,
    };

    private static string? OfSchedules(string act) => act switch
    {
        "schedule_made" => Text.Of("Schedule made"),
        "schedule_changed" => Text.Of("Schedule changed"),
        "schedule_paused" => Text.Of("Schedule paused"),
        "schedule_resumed" => Text.Of("Schedule resumed"),
        "schedule_deleted" => Text.Of("Schedule deleted"),
        "schedule_taken_over" => Text.Of("Schedule given to somebody else"),
        "schedule_run" => Text.Of("Run of a schedule asked for"),
        "occurrence_delivered" => Text.Of("Held run delivered"),
        "occurrence_dropped" => Text.Of("Held run not delivered"),
        _ => null,
    };

    private static string? OfAdministration(string act) => act switch
    {
        "pause" => Text.Of("Intake paused"),
        "resume" => Text.Of("Intake resumed"),
        "drain" => Text.Of("Start of exports stopped"),
        "undrain" => Text.Of("Start of exports let go on"),
        "user_added" => Text.Of("User added"),
        "user_removed" => Text.Of("User removed"),
        "roles_given" => Text.Of("Roles given"),
        "attributes_given" => Text.Of("Attributes given"),
        "quota_given" => Text.Of("Quota given"),
        "user_disabled" => Text.Of("User disabled"),
        "user_enabled" => Text.Of("User enabled"),
        "password_changed" => Text.Of("Password changed"),
        "password_reset" => Text.Of("Password reset"),
        "password_rehashed" => Text.Of("Password rehashed"),
        "dataset_made" => Text.Of("Dataset made"),
        "dataset_changed" => Text.Of("Dataset changed"),
        "dataset_removed" => Text.Of("Dataset removed"),
        "dataset_tested" => Text.Of("Dataset tested"),
        "token_made" => Text.Of("Token made"),
        "token_revoked" => Text.Of("Token revoked"),
        "dashboard" => Text.Of("Dashboard used"),
        _ => null,
    };
}
