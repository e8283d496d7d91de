using ExportHub.Language;
using ExportHub.Notifications.Targets;

namespace ExportHub.Pages.Places;

/// <summary>Targets in words.</summary>
internal static class PlaceWords
{
    public static readonly IReadOnlyList<TargetKind> Kinds = Enum.GetValues<TargetKind>();

    /// <summary>The names of placeholders are the same in every language.</summary>
    public static string Pattern => Text.Of("Filled in are {0}; a slash makes folders.", Notifications.Storage.NamePattern.Placeholders);

    public static string Of(TargetKind kind) => kind switch
    {
        TargetKind.Webhook => Text.Of("Web hook"),
        TargetKind.S3 => Text.Of("S3 storage"),
        TargetKind.Azure => Text.Of("Azure storage"),
        _ => Text.Of("Folder"),
    };

    public static string Add(TargetKind kind) => kind switch
    {
        TargetKind.Webhook => Text.Of("Add a web hook"),
        TargetKind.S3 => Text.Of("Add S3 storage"),
        TargetKind.Azure => Text.Of("Add Azure storage"),
        _ => Text.Of("Add a folder"),
    };

    public static string Place(Target target) => target.Kind switch
    {
        TargetKind.Webhook => target.Settings.Url,
        TargetKind.S3 => target.Settings.Bucket,
        TargetKind.Azure => $"{target.Settings.Account}/{target.Settings.Container}",
        _ => target.Settings.Folder,
    } ?? "";

    /// <summary>What the secret of that kind is called.</summary>
    public static string Secret(TargetKind kind) => kind == TargetKind.Azure ? Text.Of("Key of the account, or shared access signature") : Text.Of("Secret key");
}
