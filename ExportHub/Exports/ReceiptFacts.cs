using System.Reflection;
using System.Text.Json;
using ExportHub.Formats;

namespace ExportHub.Exports;

/// <summary>What only the attempt that wrote a file knows of it; stored with the export when it is published and never changed.</summary>
/// <param name="Options">Settled: every option of the format with the value that was used.</param>
/// <param name="Parts">The files inside of the file; empty where the file is one.</param>
internal sealed record ReceiptFacts(
    FormatOptions Options, IReadOnlyList<RemarkCount> Remarks, IReadOnlyList<FilePartFacts> Parts, WriterVersions Versions)
{
    public static ReceiptFacts Of(FormatSettings settings, IReadOnlyList<Remark> remarks, string serverVersion) =>
        new(settings.ToOptions(), [.. remarks.Select(RemarkCount.Of)], [], WriterVersions.With(serverVersion));
}

/// <summary>How many cells of a column are not in the file as they are in the database.</summary>
/// <param name="Kind">What became of them, such as `guarded` or `cut`.</param>
/// <param name="Column">The technical name.</param>
/// <param name="Cells">More than 0.</param>
internal sealed record RemarkCount(string Kind, string Column, long Cells)
{
    public static RemarkCount Of(Remark remark) =>
        new(JsonNamingPolicy.CamelCase.ConvertName(remark.Kind.ToString()), remark.Column, remark.Cells);
}

/// <summary>One of several files inside of a published file.</summary>
/// <param name="Sha256">Lower-case hexadecimal.</param>
internal sealed record FilePartFacts(string Name, long Rows, long Bytes, string Sha256);

/// <summary>What made the file: the program with its own format writers, its runtime with compression and time zones, and the server that was read.</summary>
internal sealed record WriterVersions(string ExportHub, string DotNet, string PostgreSql)
{
    private static readonly string Product =
        typeof(WriterVersions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public static WriterVersions With(string serverVersion) => new(Product, Environment.Version.ToString(), serverVersion);
}
