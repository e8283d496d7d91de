using ExportHub.Formats;

namespace ExportHub.Exports;

/// <summary>What the person who asked for a file has to know of it, one sentence each.</summary>
internal static class ExportWarnings
{
    public static IReadOnlyList<string> Of(FileFormat format, WriterReport report) =>
        [.. report.Rows == 0 ? [$"No rows matched the criteria; {WhatIsLeft(format)}."] : Array.Empty<string>(), .. Remarks.Sentences(report.Remarks)];

    private static string WhatIsLeft(FileFormat format) => format.Name switch
    {
        "json" => "the file holds an empty list",
        "jsonl" => "the file is empty",
        _ => "the file holds the header only",
    };
}
