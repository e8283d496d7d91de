using System.Text;
using System.Text.Unicode;
using ExportHub.Formats;
using Npgsql;

namespace ExportHub.Datasets;

/// <summary>
/// Makes UTF-8 of texts that are none, and counts them: what cannot be read becomes U+FFFD. Only a database with the encoding SQL_ASCII
/// hands over such texts, because it checks and converts nothing (PostgreSQL manual, "Character Set Support").
/// </summary>
internal sealed class TextRepair
{
    private readonly Remarks remarks = new();
    private readonly CellCount?[] repaired;

    private TextRepair(IReadOnlyList<FileColumn> columns) =>
        repaired = [.. columns.Select(c => c.Type is CellType.Text or CellType.Json ? remarks.Counter(RemarkKind.Unreadable, c) : null)];

    public IReadOnlyList<Remark> Made => remarks.Made();

    /// <summary>Null where the database vouches for its texts.</summary>
    public static TextRepair? For(NpgsqlConnection connection, IReadOnlyList<FileColumn> columns) =>
        connection.PostgresParameters["server_encoding"] == "SQL_ASCII" ? new TextRepair(columns) : null;

    /// <summary>What to take instead of a cell; null when it is fine.</summary>
    public byte[]? Of(int column, ReadOnlySpan<byte> cell)
    {
        if (repaired[column] is not { } count || Utf8.IsValid(cell))
        {
            return null;
        }

        count.Cells++;
        return Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(cell));
    }
}
