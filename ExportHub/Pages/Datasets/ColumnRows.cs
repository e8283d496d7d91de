using ExportHub.Datasets;

namespace ExportHub.Pages.Datasets;

/// <summary>The rows in which columns are described.</summary>
internal static class ColumnRows
{
    /// <summary>
    /// One for each column that there is, with what was said of it; after them what was said of columns that are not there, so that it is not lost. All that was said where the
    /// database does not tell.
    /// </summary>
    public static List<ColumnRow> Of(List<ColumnRow> said, RelationDescription? relation)
    {
        if (relation is null)
        {
            return said;
        }

        var there = relation.Columns.Select(column => column.Name).ToHashSet();
        return
        [
            .. relation.Columns.Select(column => said.FirstOrDefault(row => row.Name == column.Name) ?? new ColumnRow { Name = column.Name }),
            .. said.Where(row => row.SaysSomething && !there.Contains(row.Name!)),
        ];
    }
}
