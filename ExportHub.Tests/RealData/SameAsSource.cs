using System.Globalization;
using System.Text.Json;
using Npgsql;

namespace ExportHub.Tests.RealData;

/// <summary>Compares every cell of an export with what the database says of it.</summary>
internal static class SameAsSource
{
    /// <summary>Exports the whole table in every format and compares; the answer is the number of cells compared.</summary>
    public static async Task<long> AssertAsync(TestApp app, string dataset, string table, string key)
    {
        var (columns, expected) = await ReadSourceAsync(app, table, key);
        var cells = 0L;
        foreach (var format in new[] { "csv", "xlsx", "json", "jsonl" })
        {
            var document = await app.ExportAsync(new
            {
                dataset, format, sort = new[] { new { column = key } }, options = OptionsOf(format),
            });
            Assert.True(document.GetProperty("status").GetString() == "completed", document.ToString());
            var (header, rows) = Referee.Read(format, await app.DownloadAsync(document));

            Assert.Equal(columns.Select(column => column.Name), header);
            Assert.Equal(expected.Count, rows.Count);
            for (var row = 0; row < rows.Count; row++)
            {
                for (var column = 0; column < columns.Count; column++, cells++)
                {
                    AssertCell(format, columns[column].Type, expected[row][column], rows[row][column], $"{format} {table} row {row} {columns[column].Name}");
                }
            }
        }

        return cells;
    }

    private static object OptionsOf(string format) => format switch
    {
        "csv" => new { formulaGuard = false, nullText = "\\N" },
        "xlsx" => new { header = "name" },
        _ => new { },
    };

    private static async Task<(IReadOnlyList<(string Name, string Type)> Columns, IReadOnlyList<string?[]> Rows)> ReadSourceAsync(TestApp app, string table, string key)
    {
        var columns = new List<(string, string)>();
        await using (var describe = app.Database.Pool.CreateCommand($"SELECT * FROM {table} LIMIT 0"))
        await using (var reader = await describe.ExecuteReaderAsync())
        {
            columns.AddRange((await reader.GetColumnSchemaAsync()).Select(column => (column.ColumnName, column.DataTypeName!)));
        }

        await using var select = app.Database.Pool.CreateCommand(
            $"SELECT {string.Join(", ", columns.Select(column => $"\"{column.Item1}\"::text"))} FROM {table} AS source ORDER BY source.{key}");
        await using var rows = await select.ExecuteReaderAsync();
        return (columns, await ReadAllAsync(rows));
    }

    private static async Task<IReadOnlyList<string?[]>> ReadAllAsync(NpgsqlDataReader reader)
    {
        var rows = new List<string?[]>();
        while (await reader.ReadAsync())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? null : reader.GetString(column))]);
        }

        return rows;
    }

    private static void AssertCell(string format, string type, string? expected, object? actual, string where)
    {
        var same = format switch
        {
            "csv" => expected is null ? actual is "\\N" : Same(type, expected, (string)actual!),
            "xlsx" => string.IsNullOrEmpty(expected) ? actual is null or "" : SameInExcel(type, expected, actual),
            _ => SameInJson(type, expected, (JsonElement)actual!),
        };
        if (!same)
        {
            Assert.Fail($"{where} ({type}): '{expected}' became '{actual}'");
        }
    }

    private static bool SameInExcel(string type, string expected, object? actual) => (type, actual) switch
    {
        ("boolean", bool value) => value == (expected == "true"),
        (_, double value) => double.Parse(expected, CultureInfo.InvariantCulture) == value,
        ("date", DateTime value) => DateTime.Parse(expected, CultureInfo.InvariantCulture) == value,
        (_, string text) => Same(type, expected, text),
        _ => false,
    };

    private static bool SameInJson(string type, string? expected, JsonElement actual) => actual.ValueKind switch
    {
        JsonValueKind.Null => expected is null,
        JsonValueKind.True => expected == "true",
        JsonValueKind.False => expected == "false",
        JsonValueKind.Number => expected is not null && Same(type, expected, actual.GetRawText()) && type != "text",
        JsonValueKind.String => expected is not null && Same(type, expected, actual.GetString()!),
        _ => false,
    };

    private static bool Same(string type, string expected, string actual) => type is "double precision" or "real"
        ? double.Parse(expected, CultureInfo.InvariantCulture) == double.Parse(actual, CultureInfo.InvariantCulture)
        : expected == actual;
}
