using ExportHub.Datasets;
using ExportHub.Formats;
using ExportHub.Language;

namespace ExportHub.Exports;

/// <summary>Reckons from what was looked at what the whole file comes to.</summary>
/// <param name="First">The first rows; null when they were not to be had.</param>
/// <param name="Spread">Rows from everywhere; null when there was no time or no need.</param>
/// <param name="Counted">Rows of the file; null when they could not be counted.</param>
/// <param name="Planned">What the planner expects without the limit; null when the database did not even tell that.</param>
internal sealed record PreflightMeasure(Asked Asked, SampleFile? First, SampleFile? Spread, long? Counted, PlannedRows? Planned)
{
    // Without an export to go by, measured on two processors: what begins and ends an export, and bytes of a file in a second.
    private const double Start = 0.05;
    private const double TextRate = 45e6;
    private const double PackedRate = 8e6;
    private const double SheetRate = 7e6;

    public long? Rows => First is { IsWhole: true, Rows: var all } ? all : Counted ?? (Planned?.Rows is { } planned ? Math.Min(planned, Asked.Criteria.Limit ?? planned) : null);

    public bool RowsAreExact => First is { IsWhole: true } || Counted is not null;

    public long? Bytes => (First, Rows) switch
    {
        ({ IsWhole: true, Bytes: var whole }, _) => whole,
        ({ Rows: > 0 } first, { } rows) => (long)Math.Min(first.EmptyBytes + (rows * PerRow(first)), long.MaxValue / 4d),
        _ => null,
    };

    /// <param name="perRow">Seconds for a row, as measured on earlier exports; null when none was.</param>
    /// <param name="least">Seconds that any of them took.</param>
    public double? Seconds(double? perRow, double? least) =>
        Bytes is not { } bytes ? null : Math.Round((least ?? Start) + (Rows!.Value * perRow ?? bytes / Rate), 1);

    /// <summary>Why rows or bytes may be far off; null when they are most likely not.</summary>
    public string? Doubt =>
        Rows is null ? Text.Of("The database did not answer in time, so nothing can be said yet. The export itself has more time.")
        : Bytes is null ? Text.Of("No row could be read in time, so the size is not known. The export itself has more time.")
        : !RowsAreExact && IsSelective ? Text.Of("The rows could not be counted in time, so the database has only guessed how many there are.")
        : First is { IsWhole: false } && Spread is null && RowsAreExact && Rows > 2 * First.Rows ? Text.Of("Only the first rows were measured, and others may be longer or shorter.")
        : null;

    public SheetFit Excel()
    {
        var perFile = Asked.Settings.RowsPerFile is { } rows ? Math.Min(rows, Rows ?? rows) : Rows;
        var tooLong = Remarks.Any(remark => remark.Kind is RemarkKind.Cut or RemarkKind.Overlong);
        return (perFile, tooLong) switch
        {
            (_, true) => new(false, Text.Of("Some texts are longer than the 32,767 characters that a cell of Excel holds.")),
            (null, _) => new(null, Text.Of("Nobody knows yet how many rows there are.")),
            ( > SheetRows, _) when Asked.Settings.Format == FileFormats.Xlsx => new(false, Text.Of("One sheet of Excel holds 1,048,575 rows, so the file goes on in more sheets.")),
            ( > SheetRows, _) => new(false, Text.Of("One sheet of Excel holds 1,048,575 rows, and this file has more.")),
            _ when !RowsAreExact && perFile > SheetRows / 2 => new(null, Text.Of("It is close, and the rows were not counted.")),
            _ => new(true, Text.Of("It fits into one sheet of Excel.")),
        };
    }

    public IReadOnlyList<Remark> Remarks =>
        Formats.Remarks.Joined([.. (First?.Remarks ?? []).Where(remark => remark.Kind != RemarkKind.BeyondSheet), .. Spread?.Remarks ?? []]);

    private const long SheetRows = 1_048_575;

    private double Rate => Asked.Settings switch
    {
        { Format.Name: "xlsx" } => SheetRate,
        { Packing: not Packing.None } => PackedRate,
        _ => TextRate,
    };

    /// <summary>Where the planner has nothing but the size of the table to go by, it is right.</summary>
    private bool IsSelective => Asked.Criteria is not { Filters.Count: 0, Groups.Count: 0, DateRange: null } || Asked.Dataset.Permission?.Rows is { Filter: not null } || Asked.Dataset.Definition.From is null;

    /// <summary>Neighbours are alike and pack better than rows from everywhere, but those know of the long ones at the end.</summary>
    private double PerRow(SampleFile first) =>
        Spread is not { Rows: > 100 } spread ? first.BytesPerRow
        : Asked.Settings is { Packing: Packing.None, Format.Name: not "xlsx" } ? spread.BytesPerRow
        : (first.BytesPerRow + spread.BytesPerRow) / 2;
}
