using ExportHub.Access;
using ExportHub.Language;

namespace ExportHub.Datasets;

/// <summary>What one person may do with a dataset: its definition's rights and the person's roles, and nothing else. No database is asked.</summary>
internal sealed class DatasetRights(DatasetDefinition definition, Person person)
{
    private static readonly RightsDefinition Nobody = new();

    private readonly RightsDefinition rights = definition.Rights ?? Nobody;

    public bool MaySee => Has(rights.See) || MayExport;

    public bool MayExport => Has(rights.Export);

    /// <summary>Without the formula guard.</summary>
    public bool MayRaw => MayExport && Has(rights.Raw);

    public bool SeesAllRows => definition.RowFilter is null || Has(rights.AllRows);

    /// <summary>The most rows that the person's roles allow; null means no limit.</summary>
    public long? RowLimit => person.IsAdministrator
        ? null
        : rights.RowLimits.Where(limit => Has([limit.Key])).Select(limit => (long?)limit.Value).Max();

    public bool MaySeeColumn(string column) => definition.Columns.GetValueOrDefault(column)?.Roles is not { } roles || Has(roles);

    /// <summary>The dataset as if the columns that the person may not see were not there. Null when there is nothing the person may see.</summary>
    public Dataset? Narrow(Dataset dataset)
    {
        var columns = dataset.Columns.Where(column => MaySeeColumn(column.Name)).ToList();
        if (!MaySee || (columns.Count == 0 && dataset.Broken is null))
        {
            return null;
        }

        return Permit(dataset) with { Columns = columns, Broken = person.IsAdministrator ? dataset.Broken : InShort(dataset) };
    }

    /// <summary>The dataset with what the person may do, columns untouched.</summary>
    public Dataset Permit(Dataset dataset)
    {
        var (scope, obstacle) = SeesAllRows ? (RowScope.AllRows, null)
            : dataset.RowFilter is { } filter ? RowScope.Of(filter, definition.RowFilter!, person)
            : (null, null);
        long?[] limits = [dataset.Definition.RowLimit, RowLimit];
        return dataset with { Permission = new Permission(MayExport, MayRaw, limits.Min(), scope, obstacle) };
    }

    private bool Has(IEnumerable<string> roles) =>
        person.IsAdministrator || roles.Any(role => role == RightsDefinition.Everybody || person.Roles.Contains(role));

    // The reason names tables, other databases and their addresses.
    private static string? InShort(Dataset dataset) => dataset switch
    {
        { Broken: null } => null,
        { Unreachable: true } => Text.Of("Its database does not answer."),
        _ => Text.Of("Its definition has to be repaired by an administrator."),
    };
}

/// <summary>What one person may do with a dataset.</summary>
/// <param name="MayRaw">Whether also without the formula guard.</param>
/// <param name="RowLimit">The most rows of one export; null means no limit.</param>
/// <param name="Rows">Null when that cannot be told: see <paramref name="Obstacle"/>, or the dataset is broken.</param>
/// <param name="Obstacle">Why the person cannot export it although it would be permitted; a sentence. Null when nothing is in the way.</param>
internal sealed record Permission(bool MayExport, bool MayRaw, long? RowLimit, RowScope? Rows, string? Obstacle);
