using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace ExportHub.Database;

/// <summary>A numbered SQL file, such as `0001_export.sql`.</summary>
internal sealed record SqlScript(string Name, string Text)
{
    /// <summary>The digits before the underscore.</summary>
    public int Number { get; } = int.TryParse(Name.Split('_')[0], CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new InvalidOperationException($"The SQL file {Name} must be named like 0001_what_it_does.sql.");

    public string Checksum => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    /// <summary>The files of a folder of this room, in the order of their numbers.</summary>
    public static IReadOnlyList<SqlScript> EmbeddedIn(string folder)
    {
        var assembly = typeof(SqlScript).Assembly;
        var prefix = $"{typeof(SqlScript).Namespace}.{folder}.";
        return
        [
            .. from resource in assembly.GetManifestResourceNames()
               where resource.StartsWith(prefix, StringComparison.Ordinal)
               let script = new SqlScript(resource[prefix.Length..], Read(assembly, resource))
               orderby script.Number
               select script,
        ];
    }

    private static string Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        // A checkout on Windows may have other line ends, and must have the same checksum.
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
