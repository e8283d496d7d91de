using System.Globalization;
using System.Text.Json;
using ExportHub.Tests.Datasets;

namespace ExportHub.Tests.RealData;

/// <summary>
/// One table with a column of every type, exported through the real application in every format, read by libraries that did not write it, and
/// compared cell by cell with what the database's own output functions print.
/// </summary>
public sealed class EveryTypeTests(TestApp app) : IClassFixture<TestApp>
{
    // format('%s') calls the output function; arrays and composites are promised as JSON, money as its number, char(n) without its padding.
    private static readonly (string Type, string One, string Other)[] Columns =
    [
        ("int2", "-32768", "32767"), ("int4", "-2147483648", "2147483647"), ("int8", "-9223372036854775808", "123456789012345"),
        ("numeric", "-0.00", "123456789012345678901234567890.0987654321"), ("numeric(12,2)", "1234567.10", "NaN"), ("numeric", "Infinity", "1e-20"),
        ("float4", "0.1", "-3.4028235e38"), ("float8", "1.7976931348623157e308", "NaN"), ("float8", "-0", "-Infinity"), ("money", "-0.01", "92233720368547758.07"),
        ("bool", "true", "false"), ("text", "", "Zoë \"漢字\" 😀, a;b\r\nc\td"), ("text", "=1+1", "01234"), ("text", "_x0041_ <&>", "  spaces  "),
        ("varchar(20)", "-5", "NULL"), ("char(5)", "ab", ""), ("name", "some_name", "x"), ("\"char\"", "x", "é"), ("citext", "MiXed", ""),
        ("mood", "so so", "größer"), ("mood_domain", "so so", "größer"), ("percent", "12.30", "-0.01"), ("xml", "<a b=\"1\">ü</a>", "<b/>"),
        ("date", "2026-02-28", "infinity"), ("date", "0001-01-01", "1900-02-28"), ("date", "0044-03-15 BC", "5874897-12-31"),
        ("time", "23:59:59.999999", "24:00:00"), ("timetz", "12:00:00+05:45", "00:00:00-11"),
        ("timestamp", "2026-02-28 12:34:56.789", "-infinity"), ("timestamp", "1899-12-31 23:59:59", "9999-12-31 23:59:59"), ("timestamp", "0044-03-15 12:00:00 BC", "294276-12-31 23:59:59"),
        ("timestamptz", "2026-03-29 01:00:00+00", "infinity"), ("timestamptz", "1970-01-01 00:00:00.000001+00", "9999-12-31 12:00:00+00"),
        ("interval", "1 year 2 mons 3 days 04:05:06.789", "-1 day"), ("interval", "00:00:00", "178000000 years"),
        ("uuid", "0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a", "00000000-0000-0000-0000-000000000000"), ("bytea", @"\x", @"\x00ff7f0a"),
        ("json", "{\"a\": [1, null],\n \"b\": \"=1\"}", "null"), ("jsonb", "{\"a\": [1, null]}", "\"ü\\u0001\""), ("jsonpath", "$.\"a\"[*]?(@ > 2)", "$"),
        ("int4[]", "{1,NULL,3}", "{}"), ("text[]", "{{a,\"b,\\\"c\"},{d,NULL}}", "{\"\"}"), ("mood[]", "{\"so so\"}", "{}"), ("timestamptz[]", "{2026-01-01 12:00Z}", "{}"), ("numeric[]", "{1.10,NaN}", "{}"),
        ("pair", "(1,x)", "(,)"), ("pair[]", "{\"(1,\\\"a b\\\")\"}", "{}"), ("pair_domain", "(2,y)", "(,)"), ("int2vector", "1 2", ""),
        ("inet", "10.0.0.1", "2001:db8::/32"), ("cidr", "10.0.0.0/8", "::/0"), ("macaddr", "08:00:2b:01:02:03", "ff:ff:ff:ff:ff:ff"), ("macaddr8", "08:00:2b:01:02:03:04:05", "00:00:00:00:00:00:00:00"),
        ("bit(3)", "101", "000"), ("varbit", "", "1"), ("int4range", "[1,5)", "empty"), ("numrange", "(,)", "[1.5,)"), ("tstzrange", "[\"2026-01-01 00:00:00+00\",)", "empty"),
        ("daterange", "[2026-01-01,2026-02-01)", "(,)"), ("int4multirange", "{[1,2),[5,7)}", "{}"),
        ("point", "(1,2.5)", "(-1e300,0)"), ("line", "{1,-1,0}", "{0,-1,2}"), ("lseg", "[(0,0),(1,1)]", "[(0,0),(0,0)]"), ("box", "(1,1),(0,0)", "(0,0),(0,0)"),
        ("path", "((0,0),(1,1),(1,0))", "[(0,0),(1,1)]"), ("polygon", "((0,0),(1,1),(1,0))", "((0,0))"), ("circle", "<(0,0),1.5>", "<(0,0),0>"),
        ("tsvector", "'cat':1A 'dog':2", ""), ("tsquery", "'cat' & 'dog'", "!'x'"), ("hstore", "\"a\"=>\"1\", \"b\"=>NULL", ""), ("ltree", "a.b.c", ""),
        ("oid", "4294967295", "0"), ("regclass", "pg_class", "-"), ("regtype", "integer", "text[]"), ("pg_lsn", "16/B374D848", "0/0"), ("xid", "7", "4294967295"), ("xid8", "18446744073709551615", "0"),
        ("cid", "7", "0"), ("tid", "(0,1)", "(4294967295,65535)"), ("pg_snapshot", "10:20:10,14,15", "1:1:"), ("refcursor", "c1", ""),
    ];

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    [InlineData("json")]
    [InlineData("jsonl")]
    public async Task A_cell_of_any_type_says_what_the_database_says(string format)
    {
        await CreateAsync();
        var document = await app.ExportAsync(new
        {
            dataset = "every", format, sort = new[] { new { column = "id" } }, timeZone = "Europe/Berlin",
            options = format switch { "csv" => (object)new { formulaGuard = false, nullText = "\\N" }, "xlsx" => new { header = "name" }, _ => new { } },
        });
        Assert.True(document.GetProperty("status").GetString() == "completed", document.ToString());

        var (header, rows) = Referee.Read(format, await app.DownloadAsync(document));

        Assert.Equal(Columns.Length + 1, header.Count);
        Assert.Equal(3, rows.Count);
        var wrong = new List<string>();
        for (var column = 0; column < Columns.Length; column++)
        {
            var type = Columns[column].Type;
            for (var row = 0; row < 3; row++)
            {
                var expected = await PrintedAsync(type, $"c{column}", row + 1, format);
                var actual = rows[row][column + 1];
                if (!(expected is null ? IsNull(format, actual) : Same(format, type, expected, actual)))
                {
                    wrong.Add($"{type}: '{expected}' became {actual?.GetType().Name} '{actual}'");
                }
            }
        }

        Assert.Empty(wrong);
    }

    private async Task CreateAsync()
    {
        if (await app.Database.Pool.ScalarAsync("SELECT (to_regclass('every') IS NOT NULL)::text") == "true")
        {
            return;
        }

        static string Literal(string value) => "'" + value.Replace("'", "''", StringComparison.Ordinal) + "'";
        await app.Database.ExecuteAsync($"""
            CREATE EXTENSION IF NOT EXISTS citext;
            CREATE EXTENSION IF NOT EXISTS hstore;
            CREATE EXTENSION IF NOT EXISTS ltree;
            CREATE TYPE mood AS ENUM ('so so', 'größer');
            CREATE DOMAIN mood_domain AS mood;
            CREATE DOMAIN percent AS numeric(5, 2);
            CREATE TYPE pair AS (a int, "b c" text);
            CREATE DOMAIN pair_domain AS pair;
            """);
        await app.Database.ExecuteAsync($"""
            CREATE TABLE every (id int PRIMARY KEY, {string.Join(", ", Columns.Select((c, n) => $"c{n} {c.Type}"))});
            INSERT INTO every VALUES (1, {string.Join(", ", Columns.Select(c => Literal(c.One)))}), (2, {string.Join(", ", Columns.Select(c => Literal(c.Other)))});
            INSERT INTO every (id) VALUES (3);
            """);
        await app.WriteDatasetAsync("every", """{ "from": "public.every" }""");
    }

    private async Task<string?> PrintedAsync(string type, string column, int id, string format)
    {
        var printed = IsJson(type) ? $"to_json({column})::text" : type == "money" ? $"{column}::numeric::text" : type == "char(5)" ? $"{column}::text" : $"format('%s', {column})";
        await using var connection = await app.Database.Pool.OpenConnectionAsync();
        await using var command = new Npgsql.NpgsqlCommand(
            $"SET TIME ZONE 'Europe/Berlin'; SET IntervalStyle = {(format == "xlsx" ? "postgres" : "iso_8601")}; SELECT CASE WHEN {column} IS NOT DISTINCT FROM NULL THEN NULL ELSE {printed} END FROM every WHERE id = {id}",
            connection);
        return await command.ExecuteScalarAsync() as string;
    }

    private static bool IsJson(string type) => type is "json" or "jsonb" or "pair" or "pair_domain" or "int2vector" || type.EndsWith("[]", StringComparison.Ordinal);

    private static bool IsNull(string format, object? actual) => format switch
    {
        "csv" => actual is "\\N",
        "xlsx" => actual is null,
        _ => actual is JsonElement { ValueKind: JsonValueKind.Null },
    };

    private static bool Same(string format, string type, string expected, object? actual) => (actual, type) switch
    {
        (JsonElement json, _) when IsJson(type) => JsonElement.DeepEquals(JsonDocument.Parse(expected).RootElement, json),
        (JsonElement { ValueKind: JsonValueKind.True }, "bool") => expected == "t",
        (JsonElement { ValueKind: JsonValueKind.False }, "bool") => expected == "f",
        (JsonElement { ValueKind: JsonValueKind.Number } number, "int2" or "int4" or "int8" or "numeric" or "numeric(12,2)" or "percent" or "money" or "float4" or "float8") =>
            SameText(type, expected, number.GetRawText()),
        (JsonElement { ValueKind: JsonValueKind.String } text, _) => SameText(type, expected, text.GetString()!),
        (bool value, "bool") => expected == (value ? "t" : "f"),
        (double value, _) => double.Parse(expected, CultureInfo.InvariantCulture) == value || (float)double.Parse(expected, CultureInfo.InvariantCulture) == (float)value && type == "float4",
        (DateTime value, "date" or "timestamp") => DateTime.Parse(expected, CultureInfo.InvariantCulture) - value is { Ticks: > -10_000 and < 10_000 },
        (DateTime value, "timestamptz") => DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture).DateTime - value is { Ticks: > -10_000 and < 10_000 },
        (TimeSpan value, "time") when expected == "24:00:00" => value == TimeSpan.FromDays(1),
        (TimeSpan value, "time") => TimeSpan.Parse(expected, CultureInfo.InvariantCulture) - value is { Ticks: > -10_000 and < 10_000 },
        // What has no typed cell is text; ExcelDataReader takes an empty text for no cell.
        (null, _) => format == "xlsx" && expected.Length == 0,
        (string text, _) => SameText(type, expected, text),
        _ => false,
    };

    private static bool SameText(string type, string expected, string actual) => type switch
    {
        "bool" => expected == actual[..1],
        "float4" or "float8" => double.Parse(expected, CultureInfo.InvariantCulture).Equals(double.Parse(actual, CultureInfo.InvariantCulture)),
        // ISO 8601 has a T, and minutes in every offset; years it does not know are spelled as PostgreSQL spells them.
        "timestamp" or "timestamptz" => expected == actual || Iso(expected) == Iso(actual),
        _ => expected == actual,
    };

    private static string Iso(string moment)
    {
        var iso = moment.Replace(' ', 'T');
        return iso.Length > 6 && iso[^3] is '+' or '-' ? iso + ":00" : iso;
    }
}
