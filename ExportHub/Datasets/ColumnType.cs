using ExportHub.Formats;

namespace ExportHub.Datasets;

/// <summary>A type as pg_type knows it, domains already followed to what they are made of.</summary>
/// <param name="Group">pg_type.typtype: b base, c composite, e enum, p pseudo, r range, m multirange.</param>
/// <param name="Category">pg_type.typcategory; `A` is an array.</param>
/// <param name="Labels">The labels of an enum in their order; empty otherwise.</param>
/// <param name="Sortable">Whether there is an order to sort it by.</param>
internal sealed record DatabaseType(string Schema, string Name, string Group, string Category, string[] Labels, bool Sortable);

/// <summary>
/// How values of a PostgreSQL type are read, compared and filtered. What is not read in its binary form is cast to text by the
/// query, so that a type nobody has thought of still comes out as people know it.
/// </summary>
/// <param name="SelectAs">SQL template for reading, `{0}` being the qualified column.</param>
/// <param name="FilterAs">SQL template for comparing.</param>
/// <param name="CastAs">What the text of a filter value is cast to.</param>
internal sealed record ColumnType(
    CellType Cell, ValueKind Kind, string SelectAs, string FilterAs, string CastAs, IReadOnlyList<string> Operators)
{
    private const string AsIs = "{0}";
    private const string AsText = "{0}::text";

    // The text form of an array or a row is understood by PostgreSQL alone. And what comes out of to_json is JSON, whatever has
    // become of the column meanwhile.
    private const string ToJson = "to_json({0})::text";

    private static readonly ColumnType Structure = Json(ToJson, ToJson);
    private static readonly ColumnType Printed = PrintedAs(AsText);
    private static readonly ColumnType Opaque = new(CellType.Text, ValueKind.Other, AsText, AsText, "text", Datasets.Operators.OfOpaque);

    public static ColumnType Of(DatabaseType type) => type switch
    {
        { Group: "e" } => Named(ValueKind.Choice, Sql.Name(type.Schema, type.Name), Datasets.Operators.OfMembers),
        { Group: "r" or "m" } => Opaque,
        { Group: "c" } or { Category: "A" } => Structure,
        { Schema: "pg_catalog" } => OfBuiltIn(type.Name),
        { Name: "citext" } => Named(ValueKind.Text, Sql.Name(type.Schema, type.Name), Datasets.Operators.OfText),
        _ => Printed,
    };

    private static ColumnType OfBuiltIn(string name) => name switch
    {
        "int2" => Ordered(CellType.Int16, ValueKind.Number, name),
        "int4" => Ordered(CellType.Int32, ValueKind.Number, name),
        "int8" => Ordered(CellType.Int64, ValueKind.Number, name),
        "float4" => Ordered(CellType.Float4, ValueKind.Number, name),
        "float8" => Ordered(CellType.Float8, ValueKind.Number, name),
        "numeric" => Ordered(CellType.Numeric, ValueKind.Number, name),
        "money" => new(CellType.Numeric, ValueKind.Number, "{0}::numeric", "{0}::numeric", "numeric", Datasets.Operators.OfOrdered),
        "bool" => new(CellType.Boolean, ValueKind.Boolean, AsIs, AsIs, name, Datasets.Operators.OfBoolean),
        "date" => Ordered(CellType.Date, ValueKind.Date, name),
        "time" => Ordered(CellType.Time, ValueKind.Time, name),
        "timestamp" => Ordered(CellType.Timestamp, ValueKind.Timestamp, name),
        "timestamptz" => Ordered(CellType.TimestampTz, ValueKind.TimestampTz, name),
        "interval" => new(CellType.Text, ValueKind.Other, AsText, AsIs, name, Datasets.Operators.OfOrdered),
        "uuid" => new(CellType.Uuid, ValueKind.Uuid, AsIs, AsIs, name, Datasets.Operators.OfMembers),
        "text" or "varchar" => Text(AsIs, AsIs, "text"),
        "bpchar" => Text(AsText, AsIs, name),
        // A cast of the value to name would cut it at 63 bytes without a word, and xml has no equality.
        "name" or "char" or "xml" => Text(AsText, AsText, "text"),
        "json" or "jsonb" => Json(ToJson, AsText),
        "record" or "_record" => Structure,
        "bytea" => new(CellType.Bytea, ValueKind.Other, AsIs, AsIs, "bytea", Datasets.Operators.OfOpaque),
        // The cast of inet to text adds /32 to every single address; its output function does not.
        "inet" => PrintedAs("textin(inet_out({0}))"),
        _ => Printed,
    };

    private static ColumnType Text(string selectAs, string filterAs, string castAs) =>
        new(CellType.Text, ValueKind.Text, selectAs, filterAs, castAs, Datasets.Operators.OfText);

    // The cast on the column is for domains, whose operators PostgreSQL does not find otherwise; indexes serve it all the same.
    private static ColumnType Named(ValueKind kind, string type, IReadOnlyList<string> operators) =>
        new(CellType.Text, kind, AsText, $"{{0}}::{type}", type, operators);

    private static ColumnType Ordered(CellType cell, ValueKind kind, string type) =>
        new(cell, kind, AsIs, AsIs, type, Datasets.Operators.OfOrdered);

    private static ColumnType PrintedAs(string text) =>
        new(CellType.Text, ValueKind.Other, text, text, "text", Datasets.Operators.OfPrinted);

    private static ColumnType Json(string selectAs, string filterAs) =>
        new(CellType.Json, ValueKind.Other, selectAs, filterAs, "text", Datasets.Operators.OfJson);
}
