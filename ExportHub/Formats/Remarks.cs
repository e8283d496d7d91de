using System.Globalization;

namespace ExportHub.Formats;

/// <summary>What may have to be said of the cells of a column.</summary>
internal enum RemarkKind
{
    /// <summary>A text got a leading apostrophe, because it begins like a formula.</summary>
    Guarded,

    /// <summary>A text was cut at the length a cell of Excel can hold.</summary>
    Cut,

    /// <summary>A number became text, because Excel keeps 15 digits and has neither NaN nor infinities.</summary>
    NumberAsText,

    /// <summary>A date or a point in time became text, because Excel has none before March 1900 or after 9999.</summary>
    DateAsText,

    /// <summary>A text was not UTF-8; what could not be read became U+FFFD.</summary>
    Unreadable,

    /// <summary>A time lost its fraction of a second.</summary>
    WholeSeconds,
}

/// <summary>What has to be said of some cells of a column: that they are not in the file as they are in the database.</summary>
/// <param name="Column">The technical name.</param>
/// <param name="Title">What people read above the column.</param>
/// <param name="Cells">How many; more than 0.</param>
internal sealed record Remark(RemarkKind Kind, string Column, string Title, long Cells);

/// <summary>Counts one kind of remark in one column.</summary>
internal sealed class CellCount(RemarkKind kind, FileColumn column)
{
    public long Cells { get; set; }

    public Remark ToRemark() => new(kind, column.Name, column.Title, Cells);
}

/// <summary>All remarks of a file, and the sentences that tell the person who asked for it.</summary>
internal sealed class Remarks
{
    private readonly List<CellCount> counts = [];

    public CellCount Counter(RemarkKind kind, FileColumn column)
    {
        var count = new CellCount(kind, column);
        counts.Add(count);
        return count;
    }

    /// <summary>One remark for each kind and column that has any cells.</summary>
    public IReadOnlyList<Remark> Made() =>
    [
        .. counts
            .Where(count => count.Cells > 0)
            .Select(count => count.ToRemark())
            .GroupBy(remark => (remark.Kind, remark.Column))
            .Select(same => same.First() with { Cells = same.Sum(remark => remark.Cells) }),
    ];

    /// <summary>One sentence for each kind of remark.</summary>
    public static IReadOnlyList<string> Sentences(IEnumerable<Remark> remarks) =>
    [
        .. remarks
            .GroupBy(remark => remark.Kind)
            .Select(kind => Sentence(kind.Key, kind.Sum(remark => remark.Cells), kind.Select(remark => $"“{remark.Title}”").Distinct())),
    ];

    private static string Sentence(RemarkKind kind, long cells, IEnumerable<string> titles)
    {
        var number = cells.ToString("N0", CultureInfo.InvariantCulture);
        var place = string.Join(", ", titles);
        var one = cells == 1;
        return kind switch
        {
            RemarkKind.Guarded when one => $"1 cell in {place} begins like a formula and was given a leading apostrophe, so that no spreadsheet runs it.",
            RemarkKind.Guarded => $"{number} cells in {place} begin like a formula and were given a leading apostrophe, so that no spreadsheet runs them.",
            RemarkKind.Cut when one => $"1 text in {place} is longer than the 32,767 characters a cell of Excel holds; it ends with “ … [cut]”.",
            RemarkKind.Cut => $"{number} texts in {place} are longer than the 32,767 characters a cell of Excel holds; they end with “ … [cut]”.",
            RemarkKind.NumberAsText when one => $"1 number in {place} is stored as text, because Excel cannot hold it as it is.",
            RemarkKind.NumberAsText => $"{number} numbers in {place} are stored as text, because Excel cannot hold them as they are.",
            RemarkKind.DateAsText when one => $"1 date in {place} is stored as text, because Excel has only dates from March 1900 to 9999.",
            RemarkKind.DateAsText => $"{number} dates in {place} are stored as text, because Excel has only dates from March 1900 to 9999.",
            RemarkKind.Unreadable when one => $"1 text in {place} is not valid UTF-8; what could not be read was replaced by “�”.",
            RemarkKind.Unreadable => $"{number} texts in {place} are not valid UTF-8; what could not be read was replaced by “�”.",
            RemarkKind.WholeSeconds when one => $"1 time in {place} was written without its fraction of a second, which Excel shows badly.",
            RemarkKind.WholeSeconds => $"{number} times in {place} were written without their fractions of a second, which Excel shows badly.",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This remark has no sentence."),
        };
    }
}
