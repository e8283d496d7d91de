using ExportHub.Datasets;

namespace ExportHub.Pages.Words;

/// <summary>The relative date ranges that a request may name, with what people call them: `last_7_days` is "Last 7 days".</summary>
internal static class RelativeRanges
{
    public static readonly IReadOnlyList<(string Name, string Title)> All =
        [.. RelativeRange.Names.Select(name => (name, char.ToUpperInvariant(name[0]) + name[1..].Replace('_', ' ')))];
}
