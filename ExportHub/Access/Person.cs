using Microsoft.AspNetCore.Identity;

namespace ExportHub.Access;

/// <summary>Somebody as rights are judged.</summary>
/// <param name="IsAdministrator">May do everything. False also for an administrator whose token has not that scope.</param>
internal sealed record Person(string Name, IReadOnlyCollection<string> Roles, Attributes Attributes, bool IsAdministrator)
{
    /// <summary>How many bytes of files the person may have; null where that is as for everybody.</summary>
    public long? QuotaBytes { get; init; }
}

/// <summary>Tells who somebody is now. Work in the background knows people by name only, and what they were when they asked counts no more.</summary>
internal sealed class Persons(UserStore users)
{
    private static readonly UpperInvariantLookupNormalizer Names = new();

    /// <summary>The person as the database has it at this moment. Null when nobody has the name, or the account is disabled: there are no rights then.</summary>
    /// <param name="viewer">An administrator only where both this and the database say so.</param>
    public async Task<Person?> FindAsync(Viewer viewer, CancellationToken cancel) =>
        await users.FindByNameAsync(Names.NormalizeName(viewer.Name), cancel) is { Disabled: false } user && user.Name == viewer.Name
            ? new Person(user.Name, [.. user.Roles.Where(role => role != Roles.Admin || viewer.SeesAll)], user.Attributes, viewer.SeesAll && user.Roles.Contains(Roles.Admin)) { QuotaBytes = user.QuotaBytes }
            : null;
}
