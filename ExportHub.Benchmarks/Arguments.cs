using System.Globalization;

namespace ExportHub.Benchmarks;

/// <summary>What the command line asks for.</summary>
internal sealed record Arguments
{
    public IReadOnlyList<Case> Cases { get; init; } = [];

    /// <summary>Measured runs of each contestant, after the warm-up.</summary>
    public int Rounds { get; init; } = 5;

    /// <summary>Rows of bench.orders; the other tables are fractions and multiples of it.</summary>
    public int Rows { get; init; } = 2_000_000;

    /// <summary>Where a temporary folder is made for the database and the files.</summary>
    public string Folder { get; init; } = Path.GetTempPath();

    /// <summary>The application that is measured.</summary>
    public string App { get; init; } = Path.Combine(AppContext.BaseDirectory, "app", "ExportHub.dll");

    /// <summary>Both null: help is asked for. A fault is a sentence that names the argument and what it may be.</summary>
    public static (Arguments? Options, string? Fault) Parse(IReadOnlyList<string> args, IReadOnlyList<Case> known)
    {
        var options = new Arguments();
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] is "--help" or "-h" or "-?")
            {
                return (null, null);
            }

            if (known.FirstOrDefault(one => one.Name == args[i]) is { } named)
            {
                options = options with { Cases = [.. options.Cases, named] };
                continue;
            }

            var value = i + 1 < args.Count ? args[i + 1] : "";
            var next = With(options, args[i], value);
            if (next is null)
            {
                return (null, $"\"{args[i]} {value}\" is not understood.\n\n{Help(known)}");
            }

            options = next;
            i++;
        }

        return (options.Cases.Count > 0 ? options : options with { Cases = known }, null);
    }

    public static string Help(IReadOnlyList<Case> known) =>
        $"""
        dotnet run -c Release --project ExportHub.Benchmarks -- [case ...] [--rounds 5] [--rows 2000000] [--folder path] [--app path]
        dotnet run -c Release --project ExportHub.Benchmarks -- inner [arguments of BenchmarkDotNet]

        Without a case all of them are measured. The cases:
        {string.Join('\n', known.Select(one => $"  {one.Name,-11}{one.Title}"))}
          inner      the row writers alone, by BenchmarkDotNet

        --rounds  measured runs of each, after the warm-up; 1 or more
        --rows    rows of the large exports, 8,000 or more; other sizes follow from it
        --folder  where a temporary folder is made for database and files: the disk that is measured; default {Path.GetTempPath()}
        --app     another published ExportHub.dll than the one of this build
        """;

    private static Arguments? With(Arguments options, string name, string value) => name switch
    {
        "--rounds" when Number(value) is >= 1 and var rounds => options with { Rounds = rounds },
        "--rows" when Number(value) is >= 8_000 and var rows => options with { Rows = rows },
        "--folder" when Directory.Exists(value) => options with { Folder = Path.GetFullPath(value) },
        "--app" when File.Exists(value) => options with { App = Path.GetFullPath(value) },
        _ => null,
    };

    private static int Number(string text) =>
        int.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
