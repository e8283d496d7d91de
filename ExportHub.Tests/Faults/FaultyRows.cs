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

    /// <summary>Half of the rows come at once, the others when <see cref="FaultySite.OpenGateAsync"/> lets them.</summary>
    public const string Gated = "gated";

    private static readonly Dictionary<string, (int Rows, int Naps)> Shapes = new(StringComparer.Ordinal)
    {
        [Quick] = (2_000, 0), [Second] = (10_000, 10), [Steady] = (20_000, 20), [Gated] = (60_000, 0),
    };

    private static readonly Dictionary<string, Lazy<byte[]>> References =
        Shapes.ToDictionary(shape => shape.Key, shape => new Lazy<byte[]>(() => Make(shape.Value.Rows)), StringComparer.Ordinal);

    /// <summary>Every byte that the file must have.</summary>
    public static byte[] Reference(string dataset) => References[dataset].Value;

    public static async Task WriteAsync(string folder)
    {
        foreach (var (name, (rows, naps)) in Shapes)
        {
            var wait = name == Gated ? $" WHERE n <> {rows / 2} OR public.gate()" : naps > 0 ? $" WHERE n % {rows / naps} > 0 OR pg_sleep(0.1)::text = ''" : "";
            await File.WriteAllTextAsync(Path.Combine(folder, $"{name}.json"), Definition(rows, wait));
        }
    }

    private static string Definition(int rows, string wait) =>
        $$"""{ "query": "SELECT n AS id, encode(sha256(n::text::bytea), 'hex') AS hash FROM generate_series(1, {{rows}}) AS n{{wait}}", "key": ["id"] }""";

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
