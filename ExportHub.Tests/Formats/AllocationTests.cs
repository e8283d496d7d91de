using ExportHub.Formats;

namespace ExportHub.Tests.Formats;

/// <summary>Memory stays flat because a row costs next to nothing: everything is written into buffers that are used again.</summary>
[Collection(MeasuredAlone.Name)]
public sealed class AllocationTests
{
    private const int WarmUp = 5_000;
    private const int Rows = 100_000;

    private static readonly FileColumn[] Columns = [.. Enum.GetValues<CellType>().Select(type => new FileColumn($"{type}", $"{type}", type))];

    [Theory]
    [InlineData("csv", "none")]
    [InlineData("csv", "gzip")]
    [InlineData("json", "none")]
    [InlineData("jsonl", "none")]
    [InlineData("xlsx", "none")]
    public async Task A_row_allocates_next_to_nothing(string format, string compression)
    {
        var options = new FormatOptions { Compression = compression };
        var settings = Written.Settings(FileFormats.All.Single(known => known.Name == format), options, AnyCell.Zone.Id);
        await using var writer = FileFormats.CreateWriter(settings, Columns, Written.About, Stream.Null);
        using var row = Row();
        await writer.StartAsync(CancellationToken.None);
        await Write(writer, row, WarmUp);
        var before = GC.GetTotalAllocatedBytes(precise: true);

        await Write(writer, row, Rows);

        Assert.InRange((GC.GetTotalAllocatedBytes(precise: true) - before) / (double)Rows, 0, MeasuredAlone.BytesPerRow);
    }

    [Theory]
    [InlineData((byte)'x')]
    [InlineData((byte)0xF0)]
    public async Task A_text_of_ten_megabytes_costs_a_workbook_no_memory(byte filling)
    {
        var settings = Written.Settings(FileFormats.Xlsx);
        await using var writer = FileFormats.CreateWriter(settings, [new("t", "T", CellType.Text)], Written.About, Stream.Null);
        var text = new byte[10_000_000];
        Array.Fill(text, filling);
        using var row = WireRow.Of(text);
        await writer.StartAsync(CancellationToken.None);
        await Write(writer, row, 10);
        var before = GC.GetTotalAllocatedBytes(precise: true);

        await Write(writer, row, 40);

        Assert.InRange((GC.GetTotalAllocatedBytes(precise: true) - before) / 40, 0, 10_000);
    }

    private static async ValueTask Write(IRowWriter writer, RawRow row, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await writer.WriteAsync(row, CancellationToken.None);
        }
    }

    private static RawRow Row()
    {
        var moment = WireRow.Timestamp(new DateTime(2026, 1, 31, 9, 15, 0).AddTicks(1_234_560));
        return WireRow.Of(
            WireRow.Boolean(true), WireRow.Int16(-1), WireRow.Int32(2), WireRow.Int64(long.MaxValue), WireRow.Float4(0.1f), WireRow.Float8(1.5e300),
            WireRow.Numeric("12.50"), WireRow.Text("a, \"b\" & =1"), WireRow.Text("{\"a\":1}"), WireRow.Date(new(2026, 1, 31)),
            WireRow.Time(1), moment, moment, WireRow.Uuid(Guid.Empty), [1, 2, 3]);
    }
}
