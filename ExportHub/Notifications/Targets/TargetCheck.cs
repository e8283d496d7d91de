using ExportHub.Access;
using ExportHub.Language;
using ExportHub.Notifications.Storage;
using ExportHub.Notifications.Webhooks;
using Microsoft.Extensions.Options;

namespace ExportHub.Notifications.Targets;

/// <summary>What administrators may say of a target.</summary>
internal sealed class TargetCheck(WebhookAddress addresses, IOptions<StorageOptions> storage)
{
    private const int MostRoles = 20;
    private const int LongestText = 300;

    /// <summary>Only the members that count for the kind, cleaned; each fault is told with its field.</summary>
    public async Task<TargetSettings> SettleAsync(TargetKind kind, TargetSettings? said, Action<string, string> fault, CancellationToken cancel)
    {
        var given = said ?? new TargetSettings();
        var settled = kind switch
        {
            TargetKind.Webhook => new TargetSettings { Url = Clean(given.Url) },
            TargetKind.S3 => new TargetSettings
            {
                Bucket = Clean(given.Bucket), Region = Clean(given.Region), Endpoint = Clean(given.Endpoint), AccessKey = Clean(given.AccessKey), PathStyle = given.PathStyle, NamePattern = Clean(given.NamePattern),
            },
            TargetKind.Azure => new TargetSettings { Account = Clean(given.Account), Container = Clean(given.Container), Endpoint = Clean(given.Endpoint), NamePattern = Clean(given.NamePattern) },
            _ => new TargetSettings { Folder = Clean(given.Folder), NamePattern = Clean(given.NamePattern) },
        };
        await CheckAsync(kind, settled, (field, message) => fault($"settings.{field}", message), cancel);
        return settled;
    }

    public static string[] SettleRoles(IReadOnlyList<string>? said, Action<string, string> fault)
    {
        var roles = (said ?? []).Select(role => role?.Trim() ?? "").Where(role => role.Length > 0).Distinct(StringComparer.Ordinal).ToArray();
        if (roles.Length > MostRoles || !Array.TrueForAll(roles, role => role == Target.Everybody || Roles.IsName(role)))
        {
            fault("roles", Text.Of("Name up to {0} roles. A role has 1 to 50 lower-case letters, digits, hyphens or underscores.", MostRoles));
        }

        return roles;
    }

    public static string SettleName(string? said, Action<string, string> fault)
    {
        var name = said?.Trim() ?? "";
        if (name.Length is 0 or > Target.LongestName || OneLine.Of(name) != name || name.Contains(',', StringComparison.Ordinal))
        {
            fault("name", Text.Of("Give a name of 1 to {0} characters in one line, without commas.", Target.LongestName));
        }

        return name;
    }

    private async Task CheckAsync(TargetKind kind, TargetSettings settings, Action<string, string> fault, CancellationToken cancel)
    {
        if (kind == TargetKind.Webhook)
        {
            Tell("url", await addresses.RefuseAsync(settings.Url, cancel));
            return;
        }

        Tell("namePattern", settings.NamePattern is { } pattern ? NamePattern.Fault(pattern) : null);
        Tell("endpoint", settings.Endpoint is { } endpoint && !Files.Remote.RemoteAddress.IsOne(endpoint) ? Text.Of("Give an address such as https://minio.example.org:9000, or nothing.") : null);
        switch (kind)
        {
            case TargetKind.S3:
                Tell("bucket", Needed(settings.Bucket, Text.Of("Give the name of the bucket.")));
                break;
            case TargetKind.Azure:
                Tell("account", Needed(settings.Account, Text.Of("Give the name of the storage account.")));
                Tell("container", Needed(settings.Container, Text.Of("Give the name of the container.")));
                break;
            default:
                Tell("folder", FolderRule.Refuse(settings.Folder, storage.Value.Allowed));
                break;
        }

        void Tell(string field, string? message)
        {
            if (message is not null)
            {
                fault(field, message);
            }
        }
    }

    private static string? Needed(string? text, string sentence) => text is null or { Length: > LongestText } || OneLine.Of(text) != text ? sentence : null;

    private static string? Clean(string? text) => text?.Trim() is { Length: > 0 } clean ? clean : null;
}
