using ExportHub.Formats;
using ExportHub.Language;

namespace ExportHub.Pages.Words;

/// <summary>One sentence for each file format, for someone who has to choose.</summary>
internal static class FormatWords
{
    public static string Sentence(FileFormat format) => format.Name switch
    {
        "xlsx" => Text.Of("Opens in Excel with real numbers and dates. Beyond 1,048,576 rows it goes on in a second sheet."),
        "csv" => Text.Of("Plain text that nearly every program reads. The fastest, for any number of rows."),
        "json" => Text.Of("One array of objects, for programs that read whole documents."),
        "jsonl" => Text.Of("One object on each line, for data pipelines and large imports."),
        _ => "",
    };

    public static string Title(string name) => FileFormats.All.FirstOrDefault(format => format.Name == name)?.Title ?? name;
}
