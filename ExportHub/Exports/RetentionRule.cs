using ExportHub.Datasets;
using ExportHub.Files;

namespace ExportHub.Exports;

/// <summary>How long a file is kept: what its schedule says, or its dataset, or the most generous of the person's roles, or the setting for all; the first that says something.</summary>
internal static class RetentionRule
{
    /// <param name="ofSchedule">Null without a schedule, and where it leaves that to the others.</param>
    /// <param name="roles">Of the person whose file it will be.</param>
    public static TimeSpan Of(TimeSpan? ofSchedule, DatasetDefinition dataset, IEnumerable<string> roles, FilesOptions options) =>
        ofSchedule ?? dataset.Retention ?? OfRoles(roles, options) ?? options.Retention;

    private static TimeSpan? OfRoles(IEnumerable<string> roles, FilesOptions options) =>
        options.RoleRetention?.Where(said => roles.Contains(said.Key, StringComparer.OrdinalIgnoreCase)).Max(said => (TimeSpan?)said.Value);
}
