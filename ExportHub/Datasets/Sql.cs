namespace ExportHub.Datasets;

/// <summary>Names in SQL.</summary>
internal static class Sql
{
    /// <summary>In double quotes, each inner one doubled (source: PostgreSQL's manual, 4.1.1 Identifiers and Key Words).</summary>
    public static string Name(string identifier) => $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public static string Name(string schema, string identifier) => $"{Name(schema)}.{Name(identifier)}";

    /// <summary>A column of the one relation every statement reads.</summary>
    public static string Column(string name) => $"t.{Name(name)}";

    /// <summary>Puts the column into a template such as `{0}::text`.</summary>
    public static string Column(string name, string template) => template.Replace("{0}", Column(name), StringComparison.Ordinal);
}
