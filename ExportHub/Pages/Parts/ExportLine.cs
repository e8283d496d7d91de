using ExportHub.Datasets;
using ExportHub.Exports;
using ExportHub.Pages.Words;

namespace ExportHub.Pages.Parts;

/// <summary>One line of a table of exports, in words.</summary>
/// <param name="Look">The status as the API spells it.</param>
/// <param name="Rows">Null before anything is known.</param>
/// <param name="Download">Null when there is no file.</param>
public sealed record ExportLine(
    Guid Id, string Dataset, string Format, string Look, string Status, string? Rows, string? Size, DateTimeOffset RequestedAt, string? Download)
{
    /// <summary>The criteria in words.</summary>
    public string Asked { get; init; } = "";

    /// <summary>Who asked for it.</summary>
    public string Person { get; init; } = "";

    /// <summary>Until when the file is kept; null when there is none, and when somebody keeps it past its time.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>How long that is from now; null as <see cref="Until"/>.</summary>
    public string? Left { get; init; }

    /// <summary>Somebody keeps the file past its time.</summary>
    public bool IsKept { get; init; }

    /// <summary>It is over and has no file.</summary>
    public bool MayRunAgain { get; init; }

    internal static ExportLine Of(Export export, DateTimeOffset now)
    {
        var known = export.WasPublished || export.Rows > 0;
        var until = export is { HasFile: true, KeptAt: null } ? export.ExpiresAt : null;
        return new ExportLine(
            export.Id,
            export.Dataset.Title ?? export.Dataset.Name,
            FormatWords.Title(export.Format),
            StatusWords.Look(export),
            StatusWords.Name(export),
            known ? Quantity.Number(export.Rows) : null,
            export.WasPublished ? Quantity.Size(export.Bytes) : null,
            export.RequestedAt,
            export.HasFile ? $"/api/exports/{export.Id}/file" : null)
        {
            Asked = AskedFor(export),
            Person = export.RequestedBy,
            Until = until,
            Left = until is { } end ? Duration.Whole(end - now) : null,
            IsKept = export.KeptAt is not null,
            MayRunAgain = export.DeletedAt is not null || export.Status is ExportStatus.Expired or ExportStatus.Failed or ExportStatus.Canceled,
        };
    }

    /// <summary>What tells exports apart comes first, and that is seldom the columns.</summary>
    private static string AskedFor(Export export)
    {
        var phrases = CriteriaWords.Describe(export.Dataset, export.Criteria);
        return string.Join("; ", [.. phrases.Skip(1), phrases[0]]);
    }
}
