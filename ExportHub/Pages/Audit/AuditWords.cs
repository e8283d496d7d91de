using System.Text.Encodings.Web;
using System.Text.Json;
using ExportHub.Access;
using ExportHub.Language;
using ExportHub.Pages.Words;

namespace ExportHub.Pages.Audit;

/// <summary>The audit in sentences: "anna downloaded orders_2026.csv, 67.7 MB, from 10.0.0.7".</summary>
internal static class AuditWords
{
    /// <summary>As it was typed, to be read: what this encoder leaves alone is dangerous only in a page, and the page encodes it.</summary>
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One line, harmless to show.</summary>
    public static string Sentence(AuditEntry entry) =>
        PlainText.Of($"{What(entry)}{With(entry)}{From(entry)}") + (Detail(entry, "reason") is { } reason ? ": " + Quoted(PlainText.Of(reason)) : "");

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
        "download" => Text.Of("{0} downloaded {1}, {2}", Who(entry), Owned(entry, Detail(entry, "file")), Size(entry) + Piece(entry)),
        "receipt" => Text.Of("{0} read the receipt of {1}", Who(entry), Owned(entry, Detail(entry, "file"))),
        "look" => Text.Of("{0} looked at {1}", Who(entry), Export(entry)),
        "preview" => Text.Of("{0} looked at the first rows of {1}", Who(entry), entry.Dataset),
        "link_made" => Text.Of("{0} made a link to {1}", Who(entry), Owned(entry, Detail(entry, "file"))),
        "sign_in" => Text.Of("{0} signed in", entry.Subject),
        "sign_in_refused" => Text.Of("Somebody tried to sign in as “{0}” and was refused", entry.Subject),
        "sign_in_locked" => Text.Of("Somebody tried to sign in as “{0}” and has to wait after too many wrong passwords", entry.Subject),
        "sign_out" => Text.Of("{0} signed out", entry.Subject),
        _ => OfRun(entry) ?? OfTemplate(entry) ?? ScheduleAuditWords.Of(entry) ?? OfAdministration(entry) ?? $"{Who(entry)}: {entry.Act}{(entry.Subject is null ? "" : $" {entry.Subject}")}",
    };

    private static string? OfRun(AuditEntry entry) => entry.Act switch
    {
        "request" => Text.Of("{0} asked for {1} as {2}", Who(entry), entry.Dataset, FormatWords.Title(Detail(entry, "format") ?? "")),
        "start" => Text.Of("Attempt {0} at {1} began", Detail(entry, "attempt"), Export(entry)),
        "postpone" => Text.Of("Attempt {0} at {1} met {2} and will be made again", Detail(entry, "attempt"), Export(entry), Detail(entry, "code")),
        "release" => Text.Of("Attempt {0} at {1} was given back, because an instance stopped", Detail(entry, "attempt"), Export(entry)),
        "stop" => Text.Of("Attempt {0} at {1} stopped, because the export was canceled", Detail(entry, "attempt"), Export(entry)),
        "complete" => Text.Of("{0} was completed for {1}, {2}, {3}", Detail(entry, "file"), entry.Subject, Quantity.Rows(Number(entry, "rows")), Size(entry)),
        "fail" => Text.Of("{0} failed: {1}", Export(entry), Detail(entry, "code")),
        "expire" => Text.Of("{0} of {1} expired and was removed", Detail(entry, "file"), entry.Subject),
        "keep" => Text.Of("{0} keeps {1} past its time", Who(entry), Owned(entry, Detail(entry, "file"))),
        "unkeep" => Text.Of("{0} no longer keeps {1}", Who(entry), Owned(entry, Detail(entry, "file"))),
        "delete_file" => Text.Of("{0} deleted {1}, {2}", Who(entry), Owned(entry, Detail(entry, "file")), Size(entry)),
        "cancel" => Text.Of("{0} canceled {1}", Who(entry), Export(entry)),
        "retry" => Text.Of("{0} had {1} run again", Who(entry), Export(entry)),
        _ => null,
    };

    private static string? OfTemplate(AuditEntry entry) => entry.Act switch
    {
        "template_made" => Text.Of("{0} made the template {1} for {2}", Who(entry), Named(entry), Export(entry)),
        "template_saved" => Text.Of("{0} saved version {1} of the template {2} for {3}", Who(entry), Detail(entry, "version"), Named(entry), Export(entry)),
        "template_renamed" => Text.Of("{0} renamed the template {1} to {2} for {3}", Who(entry), Quoted(Detail(entry, "before")), Named(entry), Export(entry)),
        "template_shared" => Text.Of("{0} shared the template {1} for {2} with {3}", Who(entry), Named(entry), Export(entry), Roles(entry, "after")),
        "template_deleted" => Text.Of("{0} deleted the template {1} for {2}", Who(entry), Named(entry), Export(entry)),
        "template_default" => Text.Of("{0} let everybody begin with the template {1} for {2}", Who(entry), Named(entry), Export(entry)),
        "template_default_ended" => Text.Of("{0} no longer lets everybody begin with the template {1} for {2}", Who(entry), Named(entry), Export(entry)),
        _ => null,
    };

    private static string? OfAdministration(AuditEntry entry) => entry.Act switch
    {
        "pause" => Text.Of("{0} paused the intake", By(entry)),
        "resume" => Text.Of("{0} resumed the intake", By(entry)),
        "drain" => Text.Of("{0} stopped the start of exports", By(entry)),
        "undrain" => Text.Of("{0} let exports start again", By(entry)),
        "user_added" => Text.Of("{0} added {1} with {2}", By(entry), entry.Subject, Roles(entry, "roles")),
        "user_removed" => Text.Of("{0} removed {1}", By(entry), entry.Subject),
        "roles_given" => Text.Of("{0} gave {1} {2} instead of {3}", By(entry), entry.Subject, Roles(entry, "after"), Roles(entry, "before")),
        "attributes_given" => Text.Of("{0} changed the attributes of {1}", By(entry), entry.Subject),
        "quota_given" when Number(entry, "after") > 0 => Text.Of("{0} gave {1} a quota of {2}", By(entry), entry.Subject, Quantity.Size(Number(entry, "after"))),
        "quota_given" => Text.Of("{0} gave {1} the quota of everybody", By(entry), entry.Subject),
        "user_disabled" => Text.Of("{0} disabled {1}", By(entry), entry.Subject),
        "user_enabled" => Text.Of("{0} enabled {1}", By(entry), entry.Subject),
        "password_changed" => Text.Of("{0} changed the own password", entry.Subject),
        "password_reset" => Text.Of("{0} gave {1} a new password", By(entry), entry.Subject),
        "password_rehashed" => Text.Of("The password of {0} was hashed anew", entry.Subject),
        "dashboard" => Text.Of("{0} sent “{1}” on the dashboard of the job engine", By(entry), Detail(entry, "command")),
        "token_made" => Text.Of("{0} made the token {1} ({2})", By(entry), Meant(entry), string.Join(", ", List(entry, "scopes"))),
        "dataset_made" => Text.Of("{0} made the dataset {1}", By(entry), entry.Dataset),
        "dataset_changed" => Text.Of("{0} changed the dataset {1}", By(entry), entry.Dataset),
        "dataset_removed" => Text.Of("{0} removed the dataset {1}", By(entry), entry.Dataset),
        "dataset_tested" => Text.Of("{0} looked at the dataset {1} as {2}", By(entry), entry.Dataset, entry.Subject),
        "token_revoked" => Text.Of("{0} revoked the token {1}", By(entry), Owned(entry, Named(entry))),
        _ => null,
    };

    /// <summary>Where people come from a proxy or a provider, their first sign-in makes the account and each later one may change it.</summary>
    private static string By(AuditEntry entry) => entry is { Who: null, How: Actor.Nobody } ? Text.Of("A sign-in") : Who(entry);

    internal static string Who(AuditEntry entry) => entry.Who ?? (entry.How == Actor.Nobody ? Text.Of("Somebody who had not signed in") : "ExportHub");

    internal static string Export(AuditEntry entry) => Owned(entry, entry.Dataset);

    /// <summary>With the person whose it is, where that is not who acts.</summary>
    private static string Owned(AuditEntry entry, string? thing) => IsAnothers(entry) ? Text.Of("{0} of {1}", thing, entry.Subject) : thing ?? "";

    private static string Meant(AuditEntry entry) =>
        IsAnothers(entry) ? Text.Of("{0} for {1}", Named(entry), entry.Subject) : Named(entry);

    private static bool IsAnothers(AuditEntry entry) => entry.Subject is not null && entry.Subject != entry.Who;

    internal static string Named(AuditEntry entry) => Quoted(Detail(entry, "name"));

    private static string Quoted(string? text) => Text.Of("“{0}”", text);

    private static string Size(AuditEntry entry) => Quantity.Size(Number(entry, "bytes"));

    private static string Piece(AuditEntry entry) => Detail(entry, "range") is { } range ? $" ({range})" : "";

    private static string With(AuditEntry entry) => entry.How switch
    {
        Actor.ByToken => Text.Of(", with the token “{0}”", entry.Token),
        Actor.Link => Text.Of(", by a signed link"),
        Actor.ByProxy => Text.Of(", let in by the proxy"),
        _ => "",
    };

    private static string From(AuditEntry entry) => entry.Address is null ? "" : Text.Of(", from {0}", entry.Address);

    private static string Roles(AuditEntry entry, string detail) => List(entry, detail).ToList() switch
    {
        [] => Text.Of("no role"),
        [var role] => Text.Of("the role {0}", role),
        var roles => Text.Of("the roles {0}", string.Join(", ", roles)),
    };

    private static IEnumerable<string?> List(AuditEntry entry, string detail) =>
        entry.Details.TryGetProperty(detail, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Select(item => item.ToString()) : [];

    private static long Number(AuditEntry entry, string detail) =>
        entry.Details.TryGetProperty(detail, out var number) && number.ValueKind == JsonValueKind.Number ? number.GetInt64() : 0;

    internal static string? Detail(AuditEntry entry, string detail) => entry.Details.TryGetProperty(detail, out var value) ? value.ToString() : null;
}
