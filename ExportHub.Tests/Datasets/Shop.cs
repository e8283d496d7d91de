using ExportHub.Datasets;

namespace ExportHub.Tests.Datasets;

/// <summary>A dataset without a database, for the checks.</summary>
internal static class Shop
{
    public static Dataset Dataset { get; } = Make(new DatasetDefinition { Name = "orders", Title = "Orders", From = "orders", DateColumn = "ordered_at" });

    public static Dataset Make(DatasetDefinition definition) => new(
        definition,
        [
            Column(definition, "id", "int4"), Column(definition, "amount", "numeric"), Column(definition, "weight", "float4"), Column(definition, "big", "int8"),
            Column(definition, "note", "text"), Column(definition, "paid", "bool"), Column(definition, "shipped_on", "date"), Column(definition, "made_at", "timestamp"),
            Column(definition, "ordered_at", "timestamptz"), Column(definition, "opens", "time"), Column(definition, "lasts", "interval"), Column(definition, "ref", "uuid"),
            Column(definition, "status", "status", "new", "paid", "shipped"), Column(definition, "doc", "jsonb"), Column(definition, "bytes", "bytea"),
        ],
        ["id"]) { Relation = "orders" };

    private static DatasetColumn Column(DatasetDefinition definition, string name, string typeName, params string[] labels)
    {
        var type = ColumnType.Of(new DatabaseType(labels.Length > 0 ? "public" : "pg_catalog", typeName, labels.Length > 0 ? "e" : "b", "X", labels, true));
        return new(name, definition.TitleOf(name), typeName, type.Cell, type.Kind, type.SelectAs, type.CastAs, labels, type.Operators) { FilterAs = type.FilterAs };
    }
}
