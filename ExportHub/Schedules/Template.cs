using ExportHub.Access;
using ExportHub.Datasets;
using ExportHub.Exports;

namespace ExportHub.Schedules;

/// <summary>Criteria saved under a name, in one of their versions. Name, description and sharing hold for all versions; a version never changes.</summary>
internal sealed record Template
{
    public const int LongestName = 100;
    public const int LongestDescription = 500;
    public const int MostRoles = 20;

    /// <summary>Among <see cref="SharedWith"/>: whoever has signed in.</summary>
    public const string Everybody = RightsDefinition.Everybody;

    public required Guid Id { get; init; }

    public required string Owner { get; init; }

    /// <summary>Never changes.</summary>
    public required string Dataset { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>The roles that may read and use it. The right to the dataset they must have themselves.</summary>
    public string[] SharedWith { get; init; } = [];

    public int Version { get; init; }

    /// <summary>The newest version.</summary>
    public int Latest { get; init; }

    /// <summary>What the version asks for, as it was asked: nothing is resolved. Null in a list.</summary>
    public ExportRequest? Request { get; init; }

    public required string SavedBy { get; init; }

    public DateTimeOffset SavedAt { get; init; }

    /// <summary>Whether the reader's request page of the dataset begins with it.</summary>
    public bool IsOwnDefault { get; init; }

    /// <summary>Whether that of everybody does who may read it and has no default of their own.</summary>
    public bool IsDefaultForAll { get; init; }

    public bool MayChange(Viewer viewer) => viewer.MaySee(Owner);
}

/// <param name="SavedBy">The owner or an administrator.</param>
internal sealed record TemplateVersion(int Version, string SavedBy, DateTimeOffset SavedAt);

/// <summary>What people say of a template, unchecked.</summary>
internal sealed record TemplateDraft(string? Name, string? Description = null, IReadOnlyList<string>? SharedWith = null);
