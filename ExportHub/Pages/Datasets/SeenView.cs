using ExportHub.Access;
using ExportHub.Datasets;
using ExportHub.Language;

namespace ExportHub.Pages.Datasets;

/// <summary>A dataset as one person has it.</summary>
public sealed class SeenView
{
    internal SeenView(Person somebody, DatasetRights rights, Dataset dataset, SampledRows? sample)
    {
        (Somebody, Rights, Seen, Sample) = (somebody, rights, rights.Narrow(dataset), sample);
        Unseen = [.. dataset.Columns.Where(column => Seen?.Find(column.Name) is null).Select(column => column.Title)];
    }

    internal Person Somebody { get; }

    internal DatasetRights Rights { get; }

    /// <summary>Null when for the person it does not exist.</summary>
    internal Dataset? Seen { get; }

    /// <summary>Titles of the columns that do not exist for the person.</summary>
    internal IReadOnlyList<string> Unseen { get; }

    internal SampledRows? Sample { get; }

    internal string RowLimit => Seen?.RowLimit is { } limit ? Text.Of("{0:N0}", limit) : Text.Of("no limit");
}
