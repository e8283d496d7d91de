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

    public static TheoryData<int> Seeds => new(Enumerable.Range(1, 24));

    /// <summary>The seed chooses the options too; a failure names it.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task CsvHelper_reads_back_what_was_written(int seed)
    {
        var rows = Any(seed);
        var asked = AnyCsv.Of(new Random(-seed));
        var settings = Written.Settings(FileFormats.Csv, asked.Options, AnyCell.Zone.Id);

        var file = await Write(settings, rows);

        using var reader = CsvReader.Create(file.Bytes, new CsvReaderOptions { Separator = settings.Delimiter, MalformedData = CsvMalformedDataHandling.Throw, FieldCountMismatch = CsvFieldCountHandling.Throw });
        foreach (var row in rows)
        {
            Assert.True(reader.Read());
            for (var i = 0; i < row.Length; i++)
            {
                var raw = Encoding.UTF8.GetString(reader.GetRawSpan(i));
                Assert.Equal(row[i].Wire is null, raw == settings.NullText);
                Assert.Equal(row[i].Wire is null ? settings.NullText : asked.Field(row[i], settings.Delimiter), reader.GetString(i));
            }
        }

        Assert.False(reader.Read());
        Assert.Equal(Rows, file.Report.Rows);
        Assert.Equal(asked.Options.Bom ?? asked.Options.Profile == "excel", file.Bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble));
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

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    [InlineData(23)]
    public async Task ExcelDataReader_reads_back_what_was_written(int seed)
    {
        var rows = Any(seed);

        var file = await Write(Written.Settings(FileFormats.Xlsx, zone: AnyCell.Zone.Id), rows);

        Assert.Empty(Workbook.Faults(file.Bytes));
        var read = Workbook.Read(file.Bytes)[0].Rows;
        Assert.Equal(Columns.Select(column => column.Title), read[0]);
        Assert.Equal(Rows + 1, read.Count);
        foreach (var (row, cells) in rows.Zip(read.Skip(1)))
        {
            Assert.All(row.Zip(cells), pair => ExcelCell.AssertSame(pair.First, pair.Second));
        }
    }

    private static List<AnyCell[]> Any(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Rows).Select(_ => Columns.Select(column => AnyCell.Of(column.Type, random)).ToArray())];
    }

    private static Task<Written> Write(FormatSettings settings, List<AnyCell[]> rows) =>
        Written.By(settings, Columns, [.. rows.Select(row => row.Select(cell => cell.Wire).ToArray())]);

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
}
