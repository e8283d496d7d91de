using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using ExportHub.Formats;

namespace ExportHub.Tests.Formats;

public sealed class ZippedRowWriterTests
{
    private static readonly FileColumn[] Columns = [new("id", "Id", CellType.Int32), new("note", "Note", CellType.Text)];

    [Fact]
    public async Task One_file_lies_in_the_archive_under_its_own_name_with_what_belongs_to_it()
    {
        var zip = await ZipAsync(FileFormats.Csv, rowsPerFile: null, rows: 3);

        using var archive = Open(zip);
        Assert.Equal(["orders_2026-01-31.csv", "receipt.json", "SHA256SUMS"], archive.Entries.Select(entry => entry.FullName));
        Assert.Equal("id,note\r\n1,n1\r\n2,n2\r\n3,n3\r\n", Text(archive, "orders_2026-01-31.csv"));
        Assert.Equal("3 rows in 1", Text(archive, "receipt.json"));
        var file = Assert.Single(zip.Report.Files);
        Assert.Equal((3, 27), (file.Rows, file.Bytes));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    [InlineData("json")]
    [InlineData("jsonl")]
    public async Task Parts_are_numbered_whole_files_of_at_most_so_many_rows(string format)
    {
        var zip = await ZipAsync(FileFormats.All.Single(known => known.Name == format), rowsPerFile: 1000, rows: 2001);

        using var archive = Open(zip);
        var names = Enumerable.Range(1, 3).Select(number => $"orders_2026-01-31_{number:000}.{format}").ToArray();
        Assert.Equal([.. names, "receipt.json", "SHA256SUMS"], archive.Entries.Select(entry => entry.FullName));
        Assert.Equal([(names[0], 1000), (names[1], 1000), (names[2], 1L)], zip.Report.Files.Select(file => (file.Name, file.Rows)));
        Assert.Equal(2001, zip.Report.Rows);
    }

    [Fact]
    public async Task Every_part_of_a_split_file_can_be_read_without_the_others()
    {
        using var archive = Open(await ZipAsync(FileFormats.Csv, rowsPerFile: 1000, rows: 1002));

        Assert.Equal("id,note\r\n1001,n1001\r\n1002,n1002\r\n", Text(archive, "orders_2026-01-31_002.csv"));
    }

    [Fact]
    public async Task A_last_part_that_is_full_is_followed_by_no_empty_one()
    {
        var zip = await ZipAsync(FileFormats.JsonLines, rowsPerFile: 1000, rows: 2000);

        Assert.Equal(2, zip.Report.Files.Count);
    }

    [Fact]
    public async Task No_rows_make_one_file_with_the_header()
    {
        using var archive = Open(await ZipAsync(FileFormats.Csv, rowsPerFile: 1000, rows: 0));

        Assert.Equal("id,note\r\n", Text(archive, "orders_2026-01-31_001.csv"));
    }

    [Fact]
    public async Task The_manifest_holds_the_sum_of_every_part()
    {
        var zip = await ZipAsync(FileFormats.Csv, rowsPerFile: 1000, rows: 1500);

        using var archive = Open(zip);
        var sums = archive.Entries.Where(entry => entry.Name.EndsWith(".csv", StringComparison.Ordinal))
            .Select(entry => $"{Convert.ToHexStringLower(SHA256.HashData(Content(archive, entry.FullName)))}  {entry.FullName}\n");
        Assert.Equal(string.Concat(sums), Text(archive, "SHA256SUMS"));
    }

    [Fact]
    public async Task What_is_said_of_the_parts_is_said_once_of_the_whole()
    {
        var zip = await ZipAsync(FileFormats.Csv, rowsPerFile: 1000, rows: 1500, note: "=1+1");

        var remark = Assert.Single(zip.Report.Remarks);
        Assert.Equal((RemarkKind.Guarded, "note", 1500), (remark.Kind, remark.Column, remark.Cells));
    }

    private static Task<Written> ZipAsync(FileFormat format, long? rowsPerFile, int rows, string? note = null)
    {
        var settings = Written.Settings(format, new FormatOptions { Compression = "zip", RowsPerFile = rowsPerFile });
        var about = new FileAbout("Orders", DateTimeOffset.UnixEpoch, [])
        {
            FileStem = "orders_2026-01-31",
            Enclosures = report => [new Enclosure("receipt.json", Encoding.UTF8.GetBytes($"{report.Rows} rows in {report.Files.Count}"))],
        };
        var cells = Enumerable.Range(1, rows).Select(id => new byte[]?[] { WireRow.Int32(id), WireRow.Text(note ?? $"n{id}") });
        return Written.By(output => FileFormats.CreateWriter(settings, Columns, about, output), Columns.Length, cells);
    }

    private static ZipArchive Open(Written zip) => new(new MemoryStream(zip.Bytes), ZipArchiveMode.Read);

    private static string Text(ZipArchive archive, string name) => Encoding.UTF8.GetString(Content(archive, name));

    private static byte[] Content(ZipArchive archive, string name)
    {
        using var content = new MemoryStream();
        using var entry = archive.GetEntry(name)!.Open();
        entry.CopyTo(content);
        return content.ToArray();
    }
}
