using ExportHub.Datasets;
using ExportHub.Formats;

namespace ExportHub.Tests.Pages.Request;

/// <summary>A dataset with a column of each kind that the form treats in its own way.</summary>
internal static class Sample
{
    public static Dataset Dataset { get; } = new(
        new DatasetDefinition { Name = "orders", Title = "Orders", From = "demo.orders", DateColumn = "ordered_at" },
        [
            Column("id", ValueKind.Number), Column("ordered_at", ValueKind.TimestampTz), Column("customer", ValueKind.Text),
            Column("status", ValueKind.Choice, "new", "paid", "shipped"), Column("gift", ValueKind.Boolean), Column("due", ValueKind.Date),
        ],
        ["id"]);

    private static DatasetColumn Column(string name, ValueKind kind, params string[] choices) => new(
        name, char.ToUpperInvariant(name[0]) + name[1..].Replace('_', ' '), "text", CellType.Text, kind, "{0}", "text", choices, Operators.OfText);
}
