using ExportHub.Formats;
using Npgsql;

namespace ExportHub.Datasets;

/// <summary>
/// Whether a result has the types its columns were described with: bytes of another type would be read as if they were of this one. From
/// here on they stay what they are, because the open result keeps others from altering its tables.
/// </summary>
internal static class WireCheck
{
    /// <exception cref="DatasetMovedException">A column has become another since it was described.</exception>
    public static void Demand(NpgsqlDataReader result, IReadOnlyList<FileColumn> columns)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            if (!IsSentAs(columns[i].Type, result.GetDataTypeOID(i)))
            {
                throw new DatasetMovedException($"The column {columns[i].Title} has become {result.GetDataTypeName(i)}.");
            }
        }
    }

    // PostgreSQL's numbers for its types, which never change: src/include/catalog/pg_type.dat. A domain is announced as what it is made of.
    private static bool IsSentAs(CellType cell, uint type) => cell switch
    {
        CellType.Boolean => type == 16,
        CellType.Int16 => type == 21,
        CellType.Int32 => type == 23,
        CellType.Int64 => type == 20,
        CellType.Float4 => type == 700,
        CellType.Float8 => type == 701,
        CellType.Numeric => type == 1700,
        CellType.Text => type is 25 or 1043,
        CellType.Json => type == 25,
        CellType.Date => type == 1082,
        CellType.Time => type == 1083,
        CellType.Timestamp => type == 1114,
        CellType.TimestampTz => type == 1184,
        CellType.Uuid => type == 2950,
        CellType.Bytea => type == 17,
        _ => throw new ArgumentOutOfRangeException(nameof(cell), cell, "No type of PostgreSQL is read like this."),
    };
}
