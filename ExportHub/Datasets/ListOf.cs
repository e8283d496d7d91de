using System.Globalization;

namespace ExportHub.Datasets;

/// <summary>Lists in sentences.</summary>
internal static class ListOf
{
    private const int Shown = 50;

    /// <summary>"a, b, c"; after the fiftieth how many there are more; "none" for none.</summary>
    public static string Names(IReadOnlyCollection<string> names) => names.Count switch
    {
        0 => "none",
        <= Shown => string.Join(", ", names),
        _ => $"{string.Join(", ", names.Take(Shown))} and {names.Count - Shown} more",
    };

    /// <summary>1,234,567.</summary>
    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
