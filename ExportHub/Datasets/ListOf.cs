using ExportHub.Language;

namespace ExportHub.Datasets;

/// <summary>Lists in sentences.</summary>
internal static class ListOf
{
    private const int Shown = 50;

    /// <summary>"a, b, c"; after the fiftieth how many there are more; "none" for none.</summary>
    public static string Names(IReadOnlyCollection<string> names) => names.Count switch
    {
        0 => Text.Of("none"),
        <= Shown => string.Join(", ", names),
        _ => Text.Of("{0} and {1} more", string.Join(", ", names.Take(Shown)), names.Count - Shown),
    };

    /// <summary>The same where a sentence is kept for several readers, whatever they speak.</summary>
    public static string NamesForAll(IReadOnlyCollection<string> names) => names.Count switch
    {
        0 => "none",
        <= Shown => string.Join(", ", names),
        _ => $"{string.Join(", ", names.Take(Shown))} and {names.Count - Shown} more",
    };
}
