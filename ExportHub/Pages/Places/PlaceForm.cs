using ExportHub.Access;
using ExportHub.Notifications.Targets;
using ExportHub.Pages.Templates;

namespace ExportHub.Pages.Places;

/// <summary>The fields of a target.</summary>
internal sealed class PlaceForm
{
    /// <summary>What people write for <see cref="Target.Everybody"/>.</summary>
    private const string Everybody = "everybody";

    public string? Name { get; set; }

    /// <summary>Separated by commas.</summary>
    public string? Roles { get; set; }

    public string? Url { get; set; }

    public string? Bucket { get; set; }

    public string? Region { get; set; }

    public string? AccessKey { get; set; }

    public bool PathStyle { get; set; }

    public string? Account { get; set; }

    public string? Container { get; set; }

    public string? Endpoint { get; set; }

    public string? Folder { get; set; }

    public string? NamePattern { get; set; }

    /// <summary>Never filled in.</summary>
    public string? Secret { get; set; }

    public TargetDraft DraftOf(TargetKind kind) => new(
        Name, kind, [.. People.ReadRoles(Roles).Select(role => role == Everybody ? Target.Everybody : role)],
        new TargetSettings
        {
            Url = Url, Bucket = Bucket, Region = Region, AccessKey = AccessKey, PathStyle = PathStyle, Account = Account, Container = Container, Endpoint = Endpoint, Folder = Folder, NamePattern = NamePattern,
        },
        Secret);

    public static PlaceForm Of(Target target) => new()
    {
        Name = target.Name, Roles = TemplateForm.Words(target.Roles), Url = target.Settings.Url, Bucket = target.Settings.Bucket, Region = target.Settings.Region, AccessKey = target.Settings.AccessKey,
        PathStyle = target.Settings.PathStyle, Account = target.Settings.Account, Container = target.Settings.Container, Endpoint = target.Settings.Endpoint, Folder = target.Settings.Folder,
        NamePattern = target.Settings.NamePattern,
    };
}
