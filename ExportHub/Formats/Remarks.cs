using System.Globalization;

namespace ExportHub.Formats;

/// <summary>
/// What may have to be said of the cells of a column: that the file does not have them as the database has them, or, for the kinds that are
/// a risk (<see cref="Remark.IsRisk"/>), that it does, but a spreadsheet that opens it by double click would change or lose them.
/// </summary>
internal enum RemarkKind
{
    /// <summary>A text got an apostrophe before what begins like a formula.</summary>
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

    /// <summary>A risk: a text is a number with leading zeros, which a spreadsheet drops.</summary>
    LosesZeros,

    /// <summary>A risk: a number needs more than the 15 digits a spreadsheet keeps.</summary>
    LosesDigits,

    /// <summary>A risk: a text looks like a date or a time to a spreadsheet.</summary>
    BecomesDate,

    /// <summary>A risk: a text looks like a power of ten to a spreadsheet.</summary>
    BecomesPower,

    /// <summary>A risk: a text is longer than the 32,767 characters a cell holds.</summary>
    Overlong,

    /// <summary>A risk of the whole file: it has more rows than a sheet.</summary>
    BeyondSheet,
}

/// <summary>What has to be said of some cells of a column.</summary>
/// <param name="Column">The technical name; empty where it is said of the whole file.</param>
/// <param name="Title">What people read above the column; empty where it is said of the whole file.</param>
/// <param name="Cells">How many; more than 0. Rows where it is said of the whole file.</param>
internal sealed record Remark(RemarkKind Kind, string Column, string Title, long Cells)
{
    /// <summary>The file is right; opening it by double click would not be. False: the file differs from the database.</summary>
    public bool IsRisk => Kind is RemarkKind.LosesZeros or RemarkKind.LosesDigits or RemarkKind.BecomesDate or RemarkKind.BecomesPower
        or RemarkKind.Overlong or RemarkKind.BeyondSheet;
}

/// <summary>Counts one kind of remark in one column.</summary>
internal sealed class CellCount(RemarkKind kind, FileColumn column)
{
    public long Cells { get; set; }

    public Remark ToRemark() => new(kind, column.Name, column.Title, Cells);
}

/// <summary>All remarks of a file, and the sentences that tell the person who asked for it.</summary>
internal sealed class Remarks
{
    private const string Opened = " if this file is opened by double click; take Excel instead.";

    private readonly List<CellCount> counts = [];

    public CellCount Counter(RemarkKind kind, FileColumn column)
    {
        var count = new CellCount(kind, column);
        counts.Add(count);
        return count;
    }

    /// <summary>One remark for each kind and column that has any cells; the risks come last.</summary>
    public IReadOnlyList<Remark> Made() => Joined(counts.Select(count => count.ToRemark()));

    /// <summary>The remarks of several writers as those of one file.</summary>
    public static IReadOnlyList<Remark> Joined(IEnumerable<Remark> remarks) =>
    [
        .. remarks
            .Where(remark => remark.Cells > 0)
            .GroupBy(remark => (remark.Kind, remark.Column))
            .Select(same => same.First() with { Cells = same.Sum(remark => remark.Cells) })
            .OrderBy(remark => remark.Kind),
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
            RemarkKind.Guarded when one => $"1 cell in {place} begins like a formula or has one inside and was given an apostrophe before it, so that no spreadsheet runs it.",
            RemarkKind.Guarded => $"{number} cells in {place} begin like a formula or have one inside and were given an apostrophe before it, so that no spreadsheet runs it.",
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
            RemarkKind.LosesZeros when one => $"{place}: 1 value would lose its leading zeros{Opened}",
            RemarkKind.LosesZeros => $"{place}: {number} values would lose their leading zeros{Opened}",
            RemarkKind.LosesDigits when one => $"{place}: 1 number would lose every digit after the 15th{Opened}",
            RemarkKind.LosesDigits => $"{place}: {number} numbers would lose every digit after the 15th{Opened}",
            RemarkKind.BecomesDate when one => $"{place}: 1 value would become a date or a time{Opened}",
            RemarkKind.BecomesDate => $"{place}: {number} values would become dates or times{Opened}",
            RemarkKind.BecomesPower when one => $"{place}: 1 value would be read as a power of ten (1E5 as 100,000){Opened}",
            RemarkKind.BecomesPower => $"{place}: {number} values would be read as powers of ten (1E5 as 100,000){Opened}",
            RemarkKind.Overlong when one => $"{place}: 1 value is longer than the 32,767 characters a cell of Excel holds and would be torn if this file is opened by double click; other programs read it whole.",
            RemarkKind.Overlong => $"{place}: {number} values are longer than the 32,767 characters a cell of Excel holds and would be torn if this file is opened by double click; other programs read them whole.",
            RemarkKind.BeyondSheet when one => $"1 row is more than a sheet of Excel holds and would be missing{Opened}",
            RemarkKind.BeyondSheet => $"{number} rows are more than a sheet of Excel holds and would be missing{Opened}",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This remark has no sentence."),
        };
    }
}
