namespace ExportHub.Formats;

/// <summary>What a file says of itself to whoever finds it later, in formats that have a place for it: a workbook does, text has none.</summary>
/// <param name="Title">What the rows are; any text.</param>
/// <param name="AsOf">The instant of which the rows are.</param>
/// <param name="Facts">What was asked for and by whom it was made, in the order of reading. Nothing here says when the file was written, so that the
/// same facts and rows make the same bytes.</param>
internal sealed record FileAbout(string Title, DateTimeOffset AsOf, IReadOnlyList<FileFact> Facts)
{
    /// <summary>What has to be said of the rows once they are written, one sentence each.</summary>
    public Func<WriterReport, IReadOnlyList<string>> Sentences { get; init; } = report => Remarks.Sentences(report.Remarks);

    /// <summary>What files in a ZIP archive are called, before their number and ending.</summary>
    public string FileStem { get; init; } = "export";

    /// <summary>What lies beside them in a ZIP archive, made once all their rows are written.</summary>
    public Func<WriterReport, IReadOnlyList<Enclosure>> Enclosures { get; init; } = _ => [];
}

/// <summary>A small file beside the rows.</summary>
/// <param name="Name">With its ending.</param>
internal sealed record Enclosure(string Name, ReadOnlyMemory<byte> Content);

/// <param name="Label">Empty when it goes on with what the fact before it says.</param>
internal sealed record FileFact(string Label, string Text);
