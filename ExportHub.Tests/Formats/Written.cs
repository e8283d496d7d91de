using System.Text;
using ExportHub.Formats;

namespace ExportHub.Tests.Formats;

/// <summary>A finished file and what its writer said of it.</summary>
internal sealed record Written(byte[] Bytes, WriterReport Report)
{
    /// <summary>For tests that are not about it.</summary>
    public static readonly FileAbout About = new("Data", DateTimeOffset.UnixEpoch, []);

    public string Text => Encoding.UTF8.GetString(Bytes);

    public IReadOnlyList<string> Warnings => Remarks.Sentences(Report.Remarks);

    public static Task<Written> As(FileFormat format, IReadOnlyList<FileColumn> columns, params byte[]?[][] rows) =>
        By(Settings(format), columns, rows);

    public static async Task<Written> By(FormatSettings settings, IReadOnlyList<FileColumn> columns, params byte[]?[][] rows) =>
        await By(output => FileFormats.CreateWriter(settings, columns, About, output), columns.Count, rows);

    public static async Task<Written> By(Func<Stream, IRowWriter> create, int columns, IEnumerable<byte[]?[]> rows)
    {
        using var output = new ForwardStream();
        await using var writer = create(output);
        using var row = new RawRow(columns);
        await writer.StartAsync(CancellationToken.None);
        foreach (var cells in rows)
        {
            WireRow.Fill(row, cells);
            await writer.WriteAsync(row, CancellationToken.None);
        }

        var report = await writer.FinishAsync(CancellationToken.None);
        return new Written(output.ToArray(), report);
    }

    public static FormatSettings Settings(FileFormat format, FormatOptions? options = null, string zone = "UTC") =>
        FileFormats.Settle(format.Name, options, TimeZoneInfo.FindSystemTimeZoneById(zone), (field, fault) => Assert.Fail($"{field}: {fault}"))!;

    /// <summary>One text cell of one row, written as the type says.</summary>
    public static async Task<string> Cell(FormatSettings settings, CellType type, byte[] wire)
    {
        var file = await By(settings, [new FileColumn("c", "c", type)], [wire]);
        return settings.Format == FileFormats.Csv ? file.Text["c\r\n".Length..^2] : file.Text["{\"c\":".Length..^2];
    }
}

/// <summary>Like the body of a request or a pipe: it goes forward only, takes no synchronous writes of rows, and notices being closed.</summary>
internal sealed class ForwardStream : MemoryStream
{
    private bool open = true;

    public override bool CanSeek => false;

    public override long Seek(long offset, SeekOrigin loc) => throw new NotSupportedException();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        open ? base.WriteAsync(buffer, cancellationToken) : throw new ObjectDisposedException(nameof(ForwardStream));

    public override void Close() => open = false;
}
