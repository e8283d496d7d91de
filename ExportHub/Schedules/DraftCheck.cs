using ExportHub.Access;
using ExportHub.Database;
using ExportHub.Language;

namespace ExportHub.Schedules;

/// <summary>What people may say of a template.</summary>
internal static class DraftCheck
{
    /// <summary>As it is kept; each fault is told with its field.</summary>
    public static (string Name, string? Description, string[] SharedWith) Settle(TemplateDraft draft, Action<string, string> fault)
    {
        var name = draft.Name?.Trim() ?? "";
        if (name.Length is 0 or > Template.LongestName || name.Any(char.IsControl))
        {
            fault("name", Text.Of("Give a name of 1 to {0} characters in one line.", Template.LongestName));
        }

        var description = draft.Description?.Trim() is { Length: > 0 } said ? StorableText.Of(said) : null;
        if (description?.Length > Template.LongestDescription)
        {
            fault("description", Text.Of("The description may have {0} characters at most.", Template.LongestDescription));
        }

        var roles = (draft.SharedWith ?? []).Select(role => role?.Trim() ?? "").Distinct(StringComparer.Ordinal).ToArray();
        if (roles.Length > Template.MostRoles || !Array.TrueForAll(roles, role => role == Template.Everybody || Roles.IsName(role)))
        {
            fault("sharedWith", Text.Of("Name up to {0} roles. A role has 1 to 50 lower-case letters, digits, hyphens or underscores.", Template.MostRoles));
        }

        return (StorableText.Of(name)!, description, roles);
    }
}
