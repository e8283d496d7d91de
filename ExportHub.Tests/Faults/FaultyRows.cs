using System.Security.Cryptography;
using System.Text;

namespace ExportHub.Tests.Faults;

/// <summary>Datasets that take their time without taking the processor, and the files that an undamaged export of them gives.</summary>
internal static class FaultyRows
{
    /// <summary>Over at once.</summary>
    public const string Quick = "quick";

    /// <summary>About a second.</summary>
    public const string Second = "second";

    /// <summary>About two seconds.</summary>
    public const string Steady = "steady";

    /// <summary>About ten seconds, and more rows than fit into what lies between the database and a process that does not read.</summary>
    public const string Long = "long";

    private static readonly Dictionary<string, (int Rows, int Naps)> Shapes = new(StringComparer.Ordinal)
    {
        [Quick] = (2_000, 0), [Second] = (10_000, 10), [Steady] = (20_000, 20), [Long] = (200_000, 100),
    };

    private static readonly Dictionary<string, Lazy<byte[]>> References =
        Shapes.ToDictionary(shape => shape.Key, shape => new Lazy<byte[]>(() => Make(shape.Value.Rows)), StringComparer.Ordinal);

    /// <summary>Every byte that the file must have.</summary>
    public static byte[] Reference(string dataset) => References[dataset].Value;

    public static async Task WriteAsync(string folder)
    {
        foreach (var (name, (rows, naps)) in Shapes)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, $"{name}.json"), Definition(rows, naps));
        }
    }

    private static string Definition(int rows, int naps)
    {
        var nap = naps == 0 ? "" : $" WHERE n % {rows / naps} > 0 OR pg_sleep(0.1)::text = ''";
        return $$"""{ "query": "SELECT n AS id, encode(sha256(n::text::bytea), 'hex') AS hash FROM generate_series(1, {{rows}}) AS n{{nap}}", "key": ["id"] }""";
    }

    private static byte[] Make(int rows)
    {
        var text = new StringBuilder("id,hash\r\n");
        for (var n = 1; n <= rows; n++)
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes($"{n}")));
            text.Append(n).Append(',').Append(hash).Append("\r\n");
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }
}
