using ExportHub.Access;
using ExportHub.Datasets;
using ExportHub.Exports;
using ExportHub.Language;
using ExportHub.Pages.Words;

namespace ExportHub.Pages.Request;

/// <summary>What the preview beside the form is drawn from.</summary>
public sealed class PreflightView
{
    /// <summary>Null when there is none: the form is not finished, or nothing can be read.</summary>
    internal Preflight? Preview { get; private init; }

    /// <summary>What keeps the form from having a preview.</summary>
    internal IReadOnlyList<string> Obstacles { get; private init; } = [];

    /// <summary>All of it in a line, for the ear too.</summary>
    internal string Line => Preview switch
    {
        null => Text.Of("The preview follows when the form is finished."),
        { Refusal: not null } => Text.Of("This export would not be taken now."),
        { Expected.Rows: null } => Text.Of("It could not be told in time what this comes to."),
        { Expected.Rows: 0 } => Text.Of("No row matches."),
        { Expected: var expected } => string.Join(", ", new[] { Rows(expected), Size(expected), Time(expected) }.OfType<string>()),
    };

    /// <summary>Of the form as it stands. Errors are not said as such: somebody is still typing.</summary>
    internal static async Task<PreflightView> OfAsync(RequestForm form, Dataset dataset, PreflightExport preflight, Viewer viewer, CancellationToken cancel)
    {
        var errors = new FormErrors();
        if (dataset.Broken is null && dataset.Permission is { MayExport: true })
        {
            FormCheck.Find(form, dataset, errors.Add);
        }

        if (errors.All.Count > 0)
        {
            return new PreflightView { Obstacles = [.. errors.All.Select(error => error.Message)] };
        }

        var (preview, refusal) = await preflight.LookAsync(FormToRequest.Read(form, dataset), viewer, cancel);
        return new PreflightView { Preview = preview, Obstacles = Sentences(refusal) };
    }

    internal static string? Rows(PreflightSize expected) => expected switch
    {
        { Rows: null } => null,
        { Rows: 1, RowsAreExact: true } => Text.Of("1 row"),
        { RowsAreExact: true, Rows: { } rows } => Text.Of("{0} rows", Quantity.Number(rows)),
        { Rows: { } rows } => Text.Of("about {0} rows", Quantity.Number(Rounded(rows))),
    };

    internal static string? Size(PreflightSize expected) => expected.Bytes is { } bytes ? Text.Of("about {0}", Quantity.Size(bytes)) : null;

    internal static string? Time(PreflightSize expected) => expected.Seconds is { } seconds ? Duration.About(seconds) : null;

    private static IReadOnlyList<string> Sentences(RequestOutcome? refusal) => refusal switch
    {
        RequestOutcome.Rejected rejected => [.. rejected.Errors.Values.SelectMany(messages => messages)],
        RequestOutcome.NotPermitted refused => [refused.Message],
        RequestOutcome.SourceUnavailable => [Text.Of("The database of this dataset does not answer. No data is affected.")],
        _ => [],
    };

    /// <summary>Two digits are as many as an estimate has.</summary>
    private static long Rounded(long rows)
    {
        var unit = (long)Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(Math.Max(1, rows))) - 1));
        return rows / unit * unit;
    }
}
