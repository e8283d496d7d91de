using System.Globalization;

namespace ExportHub.Formats;

/// <summary>What a writer may have to do to a cell, so that it is not in the file as it is in the database.</summary>
internal enum Deviation
{
    /// <summary>A text got a leading apostrophe, because it begins like a formula.</summary>
    Guarded,

    /// <summary>A text was cut at the length a cell of Excel can hold.</summary>
    Cut,

    /// <summary>A number became text, because Excel keeps 15 digits.</summary>
    NumberAsText,

    /// <summary>A time lost its fraction of a second.</summary>
    WholeSeconds,
}

/// <summary>Counts one deviation in one column.</summary>
internal sealed class CellCount(Deviation kind, string title)
{
    public Deviation Kind => kind;

    public string Title => title;

    public long Cells { get; set; }
}

/// <summary>All deviations of a file, and the sentences that tell the person who asked for it.</summary>
internal sealed class Deviations
{
    private readonly List<CellCount> counts = [];

    public CellCount Counter(Deviation kind, string title)
    {
        var count = new CellCount(kind, title);
        counts.Add(count);
        return count;
    }

    public IReadOnlyList<string> Sentences() =>
    [
        .. counts
            .Where(count => count.Cells > 0)
            .GroupBy(count => count.Kind)
            .Select(kind => Sentence(kind.Key, kind.Sum(count => count.Cells), kind.Select(count => $"“{count.Title}”").Distinct())),
    ];

    private static string Sentence(Deviation kind, long cells, IEnumerable<string> titles)
    {
        var number = cells.ToString("N0", CultureInfo.InvariantCulture);
        var place = string.Join(", ", titles);
        var one = cells == 1;
        return kind switch
        {
            Deviation.Guarded when one => $"1 cell in {place} begins like a formula and was given a leading apostrophe, so that no spreadsheet runs it.",
            Deviation.Guarded => $"{number} cells in {place} begin like a formula and were given a leading apostrophe, so that no spreadsheet runs them.",
            Deviation.Cut when one => $"1 text in {place} is longer than the 32,767 characters a cell of Excel holds; it ends with “ … [cut]”.",
            Deviation.Cut => $"{number} texts in {place} are longer than the 32,767 characters a cell of Excel holds; they end with “ … [cut]”.",
            Deviation.NumberAsText when one => $"1 number in {place} is stored as text, because Excel would change its digits.",
            Deviation.NumberAsText => $"{number} numbers in {place} are stored as text, because Excel would change their digits.",
            Deviation.WholeSeconds when one => $"1 time in {place} was written without its fraction of a second, which Excel shows badly.",
            Deviation.WholeSeconds => $"{number} times in {place} were written without their fractions of a second, which Excel shows badly.",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This deviation has no sentence."),
        };
    }
}
