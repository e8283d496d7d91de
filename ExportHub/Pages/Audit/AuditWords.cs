using System.Text.Encodings.Web;
using System.Text.Json;
using ExportHub.Access;
using ExportHub.Pages.Words;

namespace ExportHub.Pages.Audit;

/// <summary>The audit in sentences: "anna downloaded orders_2026.csv, 67.7 MB, from 10.0.0.7".</summary>
internal static class AuditWords
{
    /// <summary>As it was typed, to be read: what this encoder leaves alone is dangerous only in a page, and the page encodes it.</summary>
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What an act is called where one is chosen; by its own name when it is new here.</summary>
    public static string Name(string act) => act switch
    {
        "download" => "File downloaded",
        "receipt" => "Receipt read",
        "look" => "Somebody else’s export looked at",
        "preview" => "Preview looked at",
        "link_made" => "Link made",
        "sign_in" => "Signed in",
        "sign_in_refused" => "Sign-in refused",
        "sign_in_locked" => "Sign-in locked",
        "sign_out" => "Signed out",
        "request" => "Export asked for",
        "start" => "Attempt begun",
        "postpone" => "Attempt postponed",
        "release" => "Attempt given back",
        "complete" => "Export completed",
        "fail" => "Export failed",
        "cancel" => "Export canceled",
        "stop" => "Attempt stopped",
        "retry" => "Export run again",
        "expire" => "File expired",
        _ => char.ToUpperInvariant(act[0]) + act[1..].Replace('_', ' '),
    };

    /// <summary>One line, harmless to show.</summary>
    public static string Sentence(AuditEntry entry) =>
        PlainText.Of($"{What(entry)}{With(entry)}{From(entry)}") + (Text(entry, "reason") is { } reason ? $": “{PlainText.Of(reason)}”" : "");

    /// <summary>All that is kept with it, as indented JSON; null when there is nothing.</summary>
    public static string? Details(AuditEntry entry)
    {
        if (!entry.Details.EnumerateObject().Any())
        {
            return null;
        }

        var lines = JsonSerializer.Serialize(entry.Details, Indented).Split('\n');
        return string.Join('\n', lines.Select(PlainText.Of));
    }

    private static string What(AuditEntry entry) => entry.Act switch
    {
        "download" => $"{Who(entry)} downloaded {Text(entry, "file")}{Of(entry)}, {Size(entry)}{Piece(entry)}",
        "receipt" => $"{Who(entry)} read the receipt of {Text(entry, "file")}{Of(entry)}",
        "look" => $"{Who(entry)} looked at {Export(entry)}",
        "preview" => $"{Who(entry)} looked at the first rows of {entry.Dataset}",
        "link_made" => $"{Who(entry)} made a link to {Text(entry, "file")}{Of(entry)}",
        "sign_in" => $"{entry.Subject} signed in",
        "sign_in_refused" => $"Somebody tried to sign in as “{entry.Subject}” and was refused",
        "sign_in_locked" => $"Somebody tried to sign in as “{entry.Subject}” and has to wait after too many wrong passwords",
        "sign_out" => $"{entry.Subject} signed out",
        _ => OfRun(entry) ?? OfTemplate(entry) ?? OfAdministration(entry) ?? $"{Who(entry)}: {entry.Act}{(entry.Subject is null ? "" : $" {entry.Subject}")}",
    };

    private static string? OfRun(AuditEntry entry) => entry.Act switch
    {
        "request" => $"{Who(entry)} asked for {entry.Dataset} as {FormatWords.Title(Text(entry, "format") ?? "")}",
        "start" => $"Attempt {Text(entry, "attempt")} at {Export(entry)} began",
        "postpone" => $"Attempt {Text(entry, "attempt")} at {Export(entry)} met {Text(entry, "code")} and will be made again",
        "release" => $"Attempt {Text(entry, "attempt")} at {Export(entry)} was given back, because an instance stopped",
        "stop" => $"Attempt {Text(entry, "attempt")} at {Export(entry)} stopped, because the export was canceled",
        "complete" => $"{Text(entry, "file")} was completed for {entry.Subject}, {Quantity.Of(Number(entry, "rows"), "row")}, {Size(entry)}",
        "fail" => $"{Export(entry)} failed: {Text(entry, "code")}",
        "expire" => $"{Text(entry, "file")} of {entry.Subject} expired and was removed",
        "cancel" => $"{Who(entry)} canceled {Export(entry)}",
        "retry" => $"{Who(entry)} had {Export(entry)} run again",
        _ => null,
    };

    private static string? OfTemplate(AuditEntry entry) => entry.Act switch
    {
        "template_made" => Template("{0} made the template “{1}” for {2}{3}", entry),
        "template_saved" => Template("{0} saved version {4} of the template “{1}” for {2}{3}", entry),
        "template_renamed" => Template("{0} renamed the template “{5}” to “{1}” for {2}{3}", entry),
        "template_shared" => Template("{0} shared the template “{1}” for {2}{3} with {6}", entry),
        "template_deleted" => Template("{0} deleted the template “{1}” for {2}{3}", entry),
        "template_default" => Template("{0} let everybody begin with the template “{1}” for {2}{3}", entry),
        "template_default_ended" => Template("{0} no longer lets everybody begin with the template “{1}” for {2}{3}", entry),
        _ => null,
    };

    private static string Template(string sentence, AuditEntry entry) => Language.Text.Of(
        sentence, Who(entry), Text(entry, "name"), entry.Dataset, Of(entry), Text(entry, "version"), Text(entry, "before"), Roles(entry, "after"));

    private static string? OfAdministration(AuditEntry entry) => entry.Act switch
    {
        "pause" => $"{By(entry)} paused the intake",
        "resume" => $"{By(entry)} resumed the intake",
        "drain" => $"{By(entry)} stopped the start of exports",
        "undrain" => $"{By(entry)} let exports start again",
        "user_added" => $"{By(entry)} added {entry.Subject} with {Roles(entry, "roles")}",
        "user_removed" => $"{By(entry)} removed {entry.Subject}",
        "roles_given" => $"{By(entry)} gave {entry.Subject} {Roles(entry, "after")} instead of {Roles(entry, "before")}",
        "attributes_given" => $"{By(entry)} changed the attributes of {entry.Subject}",
        "user_disabled" => $"{By(entry)} disabled {entry.Subject}",
        "user_enabled" => $"{By(entry)} enabled {entry.Subject}",
        "password_changed" => $"{entry.Subject} changed the own password",
        "password_reset" => $"{By(entry)} gave {entry.Subject} a new password",
        "password_rehashed" => $"The password of {entry.Subject} was hashed anew",
        "dashboard" => $"{By(entry)} sent “{Text(entry, "command")}” on the dashboard of the job engine",
        "token_made" => $"{By(entry)} made the token “{Text(entry, "name")}”{For(entry)} ({string.Join(", ", List(entry, "scopes"))})",
        "dataset_made" => $"{By(entry)} made the dataset {entry.Dataset}",
        "dataset_changed" => $"{By(entry)} changed the dataset {entry.Dataset}",
        "dataset_removed" => $"{By(entry)} removed the dataset {entry.Dataset}",
        "dataset_tested" => $"{By(entry)} looked at the dataset {entry.Dataset} as {entry.Subject}",
        "token_revoked" => $"{By(entry)} revoked the token “{Text(entry, "name")}”{Of(entry)}",
        _ => null,
    };

    /// <summary>Where people come from a proxy or a provider, their first sign-in makes the account and each later one may change it.</summary>
    private static string By(AuditEntry entry) => entry is { Who: null, How: Actor.Nobody } ? "A sign-in" : Who(entry);

    private static string Who(AuditEntry entry) => entry.Who ?? (entry.How == Actor.Nobody ? "Somebody who had not signed in" : "ExportHub");

    private static string Export(AuditEntry entry) => $"{entry.Dataset}{Of(entry)}";

    /// <summary>Whose it is, where that is not who acts.</summary>
    private static string Of(AuditEntry entry) => entry.Subject is null || entry.Subject == entry.Who ? "" : $" of {entry.Subject}";

    private static string For(AuditEntry entry) => entry.Subject is null || entry.Subject == entry.Who ? "" : $" for {entry.Subject}";

    private static string Size(AuditEntry entry) => Quantity.Size(Number(entry, "bytes"));

    private static string Piece(AuditEntry entry) => Text(entry, "range") is { } range ? $" ({range})" : "";

    private static string With(AuditEntry entry) => entry.How switch
    {
        Actor.ByToken => $", with the token “{entry.Token}”",
        Actor.Link => ", by a signed link",
        Actor.ByProxy => ", let in by the proxy",
        _ => "",
    };

    private static string From(AuditEntry entry) => entry.Address is null ? "" : $", from {entry.Address}";

    private static string Roles(AuditEntry entry, string detail) =>
        List(entry, detail).ToList() is { Count: > 0 } roles ? $"the {(roles.Count == 1 ? "role" : "roles")} {string.Join(", ", roles)}" : "no role";

    private static IEnumerable<string?> List(AuditEntry entry, string detail) =>
        entry.Details.TryGetProperty(detail, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Select(item => item.ToString()) : [];

    private static long Number(AuditEntry entry, string detail) =>
        entry.Details.TryGetProperty(detail, out var number) && number.ValueKind == JsonValueKind.Number ? number.GetInt64() : 0;

    private static string? Text(AuditEntry entry, string detail) => entry.Details.TryGetProperty(detail, out var value) ? value.ToString() : null;
}
