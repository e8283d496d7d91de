using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using CsvHelper;
using ExcelDataReader;
using ExportHub.Tests.Formats.Xlsx;

namespace ExportHub.Tests.RealData;

/// <summary>Reads a file back with a library that did not write it: a header and rows of cells as that library sees them.</summary>
internal static class Referee
{
    static Referee() => System.Text.Encoding.RegisterProvider(System.Text.CodePagesEncodingProvider.Instance);

    public static (IReadOnlyList<string> Header, IReadOnlyList<object?[]> Rows) Read(string format, byte[] file) => format switch
    {
        "csv" => ReadCsv(file),
        "xlsx" => ReadXlsx(file),
        "json" => ReadJson([.. JsonDocument.Parse(file).RootElement.EnumerateArray()]),
        "jsonl" => ReadJson([.. Lines(file).Select(line => JsonDocument.Parse(line).RootElement)]),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    public static byte[] Unzip(byte[] file)
    {
        using var plain = new MemoryStream();
        using var gzip = new GZipStream(new MemoryStream(file), CompressionMode.Decompress);
        gzip.CopyTo(plain);
        return plain.ToArray();
    }

    private static IEnumerable<string> Lines(byte[] file) =>
        System.Text.Encoding.UTF8.GetString(file).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static (IReadOnlyList<string> Header, IReadOnlyList<object?[]> Rows) ReadCsv(byte[] file)
    {
        using var reader = CsvReader.Create(file, new CsvReaderOptions
        {
            HasHeader = false, MalformedData = CsvMalformedDataHandling.Throw, FieldCountMismatch = CsvFieldCountHandling.Throw,
        });
        var records = new List<string[]>();
        while (reader.Read())
        {
            records.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]);
        }

        return (records[0], [.. records.Skip(1)]);
    }

    private static (IReadOnlyList<string> Header, IReadOnlyList<object?[]> Rows) ReadXlsx(byte[] file)
    {
        Assert.Empty(Workbook.Faults(file).Take(5));

        using var reader = ExcelReaderFactory.CreateOpenXmlReader(new MemoryStream(file));
        Assert.True(reader.Read());
        var header = Enumerable.Range(0, reader.FieldCount).Select(reader.GetString).ToList();
        var rows = new List<object?[]>();
        do
        {
            while (reader.Name != "About" && reader.Read())
            {
                rows.Add([.. Enumerable.Range(0, header.Count).Select(reader.GetValue)]);
            }
        }
        while (reader.NextResult() && reader.Read());

        return (header!, rows);
    }

    private static (IReadOnlyList<string> Header, IReadOnlyList<object?[]> Rows) ReadJson(IReadOnlyList<JsonElement> elements) =>
        (elements.Count == 0 ? [] : [.. elements[0].EnumerateObject().Select(property => property.Name)],
            [.. elements.Select(element => element.EnumerateObject().Select(property => (object?)property.Value).ToArray())]);
}
