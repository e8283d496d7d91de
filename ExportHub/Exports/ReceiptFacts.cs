using System.Reflection;
using System.Text.Json;
using ExportHub.Formats;

namespace ExportHub.Exports;

/// <summary>What only the attempt that wrote a file knows of it; stored with the export when it is published and never changed.</summary>
/// <param name="Options">Settled: every option of the format with the value that was used.</param>
/// <param name="Parts">The files with rows in a ZIP archive; empty where there is none.</param>
internal sealed record ReceiptFacts(
    FormatOptions Options, IReadOnlyList<RemarkCount> Remarks, IReadOnlyList<WrittenFile> Parts, WriterVersions Versions)
{
    public static ReceiptFacts Of(FormatSettings settings, WriterReport report, string serverVersion) =>
        new(settings.ToOptions(), [.. report.Remarks.Select(RemarkCount.Of)], report.Files, WriterVersions.With(serverVersion));
}

/// <summary>How many cells of a column are not in the file as they are in the database, or would not stay so in a spreadsheet.</summary>
/// <param name="Kind">What became or would become of them, such as `guarded` or `losesZeros`.</param>
/// <param name="Column">The technical name; empty where it is said of the whole file.</param>
/// <param name="Cells">More than 0.</param>
internal sealed record RemarkCount(string Kind, string Column, long Cells)
{
    public static RemarkCount Of(Remark remark) =>
        new(JsonNamingPolicy.CamelCase.ConvertName(remark.Kind.ToString()), remark.Column, remark.Cells);
}

/// <summary>What made the file: the program with its own format writers, its runtime with compression and time zones, and the server that was read.</summary>
internal sealed record WriterVersions(string ExportHub, string DotNet, string PostgreSql)
{
    private static readonly string Product =
        typeof(WriterVersions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public static WriterVersions With(string serverVersion) => new(Product, Environment.Version.ToString(), serverVersion);
}
