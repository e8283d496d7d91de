using System.Globalization;
using System.Text;
using System.Text.Json;
using CsvHelper;
using ExportHub.Formats;
using ExportHub.Tests.Formats.Xlsx;

namespace ExportHub.Tests.Formats;

/// <summary>Random rows of all types in every format, read back by libraries that did not write them and compared cell by cell.</summary>
public sealed class AnyRowsTests
{
    private const int Rows = 400;

    private static readonly FileColumn[] Columns =
        [.. Enum.GetValues<CellType>().Select(type => new FileColumn($"{type}".ToLowerInvariant(), $"The \"{type}\"", type))];

    [Theory]
    [InlineData(1, ",", "")]
    [InlineData(2, ";", "NULL")]
    [InlineData(3, "\t", "-")]
    [InlineData(4, "|", "abc")]
    public async Task CsvHelper_reads_back_what_was_written(int seed, string delimiter, string nullText)
    {
        var rows = Any(seed);
        var settings = Written.Settings(FileFormats.Csv, new FormatOptions { Delimiter = delimiter, NullText = nullText }, AnyCell.Zone.Id);

        var file = await Write(settings, rows);

        using var reader = CsvReader.Create(file.Bytes, new CsvReaderOptions { Separator = delimiter[0], MalformedData = CsvMalformedDataHandling.Throw, FieldCountMismatch = CsvFieldCountHandling.Throw });
        foreach (var row in rows)
        {
            Assert.True(reader.Read());
            for (var i = 0; i < row.Length; i++)
            {
                var raw = Encoding.UTF8.GetString(reader.GetRawSpan(i));
                Assert.Equal(row[i].Wire is null, raw == nullText);
                Assert.Equal(row[i].Wire is null ? nullText : Guarded(row[i]), reader.GetString(i));
            }
        }

        Assert.False(reader.Read());
        Assert.Equal(Rows, file.Report.Rows);
    }

    [Theory]
    [InlineData(11, "json")]
    [InlineData(12, "jsonl")]
    public async Task SystemTextJson_reads_back_what_was_written(int seed, string format)
    {
        var rows = Any(seed);
        var settings = Written.Settings(FileFormats.All.Single(known => known.Name == format), zone: AnyCell.Zone.Id);

        var file = await Write(settings, rows);

        var lines = file.Text.Split('\n').Where(line => line.Length > 1).ToList();
        Assert.Equal(Rows, lines.Count);
        if (format == "json")
        {
            using var whole = JsonDocument.Parse(file.Bytes);
            Assert.Equal(Rows, whole.RootElement.GetArrayLength());
        }

        foreach (var (row, line) in rows.Zip(lines))
        {
            using var json = JsonDocument.Parse(line.TrimEnd(','));
            Assert.Equal(Columns.Select(column => column.Name), json.RootElement.EnumerateObject().Select(property => property.Name));
            Assert.All(row.Zip(json.RootElement.EnumerateObject()), pair => CompareJson(pair.First, pair.Second.Value));
        }
    }

    [Fact]
    public async Task ExcelDataReader_reads_back_what_was_written()
    {
        var rows = Any(21);

        var file = await Write(Written.Settings(FileFormats.Xlsx, zone: AnyCell.Zone.Id), rows);

        Assert.Empty(Workbook.Faults(file.Bytes));
        var read = Workbook.Read(file.Bytes)[0].Rows;
        Assert.Equal(Columns.Select(column => column.Title), read[0]);
        Assert.Equal(Rows + 1, read.Count);
        foreach (var (row, cells) in rows.Zip(read.Skip(1)))
        {
            Assert.All(row.Zip(cells), pair => CompareExcel(pair.First, pair.Second));
        }
    }

    private static List<AnyCell[]> Any(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Rows).Select(_ => Columns.Select(column => AnyCell.Of(column.Type, random)).ToArray())];
    }

    private static Task<Written> Write(FormatSettings settings, List<AnyCell[]> rows) =>
        Written.By(settings, Columns, [.. rows.Select(row => row.Select(cell => cell.Wire).ToArray())]);

    private static string Guarded(AnyCell cell) =>
        cell.Type is CellType.Text or CellType.Json && cell.Text.Length > 0 && "=+-@\t\r\n＝＋－＠".Contains(cell.Text[0], StringComparison.Ordinal)
            ? "'" + cell.Text
            : cell.Text;

    private static void CompareJson(AnyCell cell, JsonElement json)
    {
        if (cell.Wire is null)
        {
            Assert.Equal(JsonValueKind.Null, json.ValueKind);
        }
        else if (cell.Type == CellType.Json)
        {
            using var expected = JsonDocument.Parse(cell.Text);
            Assert.True(JsonElement.DeepEquals(expected.RootElement, json), cell.Text);
        }
        else
        {
            var number = cell.Type is >= CellType.Int16 and <= CellType.Numeric && char.IsAsciiDigit(cell.Text[^1]);
            var kind = number ? JsonValueKind.Number : cell.Value switch { true => JsonValueKind.True, false => JsonValueKind.False, _ => JsonValueKind.String };
            Assert.Equal(kind, json.ValueKind);
            Assert.Equal(cell.Text, kind == JsonValueKind.String ? json.GetString() : json.GetRawText());
        }
    }

    private static void CompareExcel(AnyCell cell, object? read)
    {
        switch (cell.Value)
        {
            case null:
                Assert.Null(read);
                break;
            case bool:
                Assert.Equal(cell.Value, read);
                break;
            case short or int or long or float or double when read is double number:
                Assert.Equal(double.Parse(cell.Text, CultureInfo.InvariantCulture), number);
                break;
            case long value:
                Assert.True(Math.Abs((decimal)value) >= 1_000_000_000_000_000m);
                Assert.Equal(cell.Text, read);
                break;
            case string when cell.Type == CellType.Numeric && read is double number:
                Assert.Equal(decimal.Parse(cell.Text, CultureInfo.InvariantCulture), (decimal)number);
                break;
            case DateOnly or DateTime when read is DateTime moment:
                Assert.InRange((moment - DateTime.Parse(cell.Text[..Math.Min(cell.Text.Length, 19)], CultureInfo.InvariantCulture)).TotalSeconds, 0, 1.001);
                Assert.True(moment >= new DateTime(1900, 3, 1));
                break;
            case TimeSpan time:
                Assert.InRange((time - Assert.IsType<TimeSpan>(read)).Duration().TotalMilliseconds, 0, 1);
                break;
            default:
                // ExcelDataReader takes an empty text for no cell.
                Assert.Equal(cell.Text, read ?? "");
                break;
        }
    }
}
