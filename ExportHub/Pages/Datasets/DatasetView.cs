using ExportHub.Datasets;

namespace ExportHub.Pages.Datasets;

/// <summary>What the parts of the page draw.</summary>
public sealed class DatasetView
{
    internal DatasetView(DatasetForm form, FieldFaults faults, Dataset dataset, string place) => (Form, Faults, Dataset, Place) = (form, faults, dataset, place);

    internal DatasetForm Form { get; }

    internal FieldFaults Faults { get; }

    /// <summary>Of the table or query; null when the database did not tell.</summary>
    internal RelationDescription? Relation { get; init; }

    internal IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>The definition with what the database says of it, for an administrator.</summary>
    internal Dataset Dataset { get; }

    /// <summary>Null for a dataset that is broken.</summary>
    internal SampledRows? Sample { get; init; }

    /// <summary>What an export of somebody whom the row filter binds asks; null when broken.</summary>
    internal SelectStatement? Statement { get; init; }

    /// <summary>Where it is or will be: a sentence.</summary>
    internal string Place { get; }

    internal bool IsNew { get; init; }

    /// <summary>Whether saving loses comments of the file.</summary>
    internal bool LosesComments { get; init; }

    /// <summary>Whether a tick is needed to save it as it is.</summary>
    internal bool IsBroken => Dataset.Broken is not null;

    internal string? PrimaryKey => Relation is { Key.Count: > 0 } relation ? string.Join(", ", relation.Key) : null;
}
