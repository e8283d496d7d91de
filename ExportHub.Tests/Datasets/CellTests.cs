using ExportHub.Datasets;

namespace ExportHub.Tests.Datasets;

/// <summary>What PostgreSQL's own cast to text says of a value is what its wire bytes must decode to.</summary>
public sealed class CellTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    public Task InitializeAsync() => database.ExecuteAsync("""
        CREATE EXTENSION IF NOT EXISTS citext;
        CREATE EXTENSION IF NOT EXISTS hstore;
        DO $$ BEGIN
            IF to_regtype('mood') IS NULL THEN
                CREATE TYPE mood AS ENUM ('so so', 'größer');
                CREATE DOMAIN many AS mood[];
                CREATE DOMAIN percent AS numeric(5, 2);
                CREATE TYPE pair AS (a int, "b c" text);
                CREATE DOMAIN pairs AS pair;
            END IF;
        END $$
        """);

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("int2", "-32768", "0", "32767")]
    [InlineData("int4", "-2147483648", "2147483647")]
    [InlineData("int8", "-9223372036854775808", "9223372036854775807")]
    [InlineData("numeric", "0", "0.00", "-1.10", "10000", "9999.9999", "0.00001", "1e40", "1234567890123456789012345678901234567890.0123", "NaN", "Infinity", "-Infinity")]
    [InlineData("percent", "12.3", "-0.01")]
    [InlineData("bool", "true", "false")]
    [InlineData("text", "", " ", "Zoë, \"x\"\n\t", "𝄞 漢字", @"\N")]
    [InlineData("varchar(5)", "", "abc")]
    [InlineData("char(5)", "abc", "")]
    [InlineData("name", "some_name")]
    [InlineData("\"char\"", "x")]
    [InlineData("citext", "MiXed")]
    [InlineData("mood", "größer")]
    [InlineData("xml", "<a b=\"1\">ü</a>")]
    [InlineData("date", "2026-02-28", "0001-01-01", "9999-12-31", "1999-12-31", "infinity", "-infinity")]
    [InlineData("time", "00:00:00", "23:59:59.999999", "12:00:00.5", "24:00:00")]
    [InlineData("timetz", "12:00:00+02", "23:59:59.5-03:30")]
    [InlineData("timestamp", "2026-02-28 12:34:56.789", "1999-12-31 23:59:59.999999", "0001-01-01 00:00:00", "infinity", "-infinity")]
    [InlineData("timestamptz", "2026-02-28 12:34:56.789+00", "1970-01-01 00:00:00+00", "infinity", "-infinity")]
    [InlineData("interval", "1 year 2 mons 3 days 04:05:06.789", "-1 day", "00:00:00")]
    [InlineData("uuid", "0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a")]
    [InlineData("bytea", @"\x", @"\x00ff7f")]
    [InlineData("json", "{\"a\": [1, null] }", "null")]
    [InlineData("jsonb", "{\"a\": [1, null]}", "\"ü\"")]
    [InlineData("money", "1234.50", "-0.01")]
    [InlineData("oid", "4294967295")]
    [InlineData("regclass", "pg_class")]
    [InlineData("cidr", "10.0.0.0/8", "::/0")]
    [InlineData("macaddr", "08:00:2b:01:02:03")]
    [InlineData("bit(3)", "101")]
    [InlineData("varbit", "", "1")]
    [InlineData("int4range", "[1,5)", "empty", "(,)")]
    [InlineData("tstzrange", "[\"2026-01-01 00:00:00+00\",)")]
    [InlineData("nummultirange", "{[1,2),[5,6]}")]
    [InlineData("point", "(1,2.5)")]
    [InlineData("polygon", "((0,0),(1,1),(1,0))")]
    [InlineData("tsvector", "'cat':1 'dog':2")]
    [InlineData("hstore", "\"a\"=>\"1\", \"b\"=>NULL")]
    [InlineData("pg_lsn", "16/B374D848")]
    [InlineData("xid", "7")]
    public async Task A_value_comes_out_as_PostgreSQL_prints_it(string type, params string[] values)
    {
        var printed = type == "money" ? "v::numeric::text" : "v::text";
        var list = string.Join(", ", values.Select((v, i) => $"({i}, '{v.Replace("'", "''", StringComparison.Ordinal)}'::{type})"));
        var source = $"SELECT n, v FROM (VALUES {list}, (99, NULL)) AS rows (n, v)";

        var rows = await ReadAsync(source);
        var expected = await ReadAsync($"SELECT n, {printed} AS v FROM ({source}) AS s");

        Assert.Equal(values.Length + 1, rows.Count);
        Assert.Equal(expected, rows);
    }

    [Theory]
    [InlineData("float4", "0.1", "-3.4028235e38", "1e-45", "NaN", "Infinity", "16777216")]
    [InlineData("float8", "0.1", "1.7976931348623157e308", "5e-324", "NaN", "-Infinity", "123456.789")]
    public async Task A_float_comes_out_as_the_number_it_is(string type, params string[] values)
    {
        var rows = await ReadAsync($"SELECT n, v::{type} AS v FROM unnest(ARRAY['{string.Join("', '", values)}']) WITH ORDINALITY AS s (v, n)");

        Assert.Equal(values.Select(Parse), rows.Select(r => Parse(r[1]!)));

        double Parse(string text) => type == "float4"
            ? float.Parse(text, System.Globalization.CultureInfo.InvariantCulture)
            : double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData("'10.0.0.1'::inet", "10.0.0.1")]
    [InlineData("'10.0.0.1/24'::inet", "10.0.0.1/24")]
    [InlineData("'{1,null,3}'::int[]", "[1,null,3]")]
    [InlineData("'{{a,\"b,\\\"c\"},{d,e}}'::text[]", """[["a","b,\"c"],["d","e"]]""")]
    [InlineData("'{so so}'::many", """["so so"]""")]
    [InlineData("'1 2'::int2vector", "[1,2]")]
    [InlineData("ROW(1, 'x')::pair", """{"a":1,"b c":"x"}""")]
    [InlineData("ROW(1, 'x')::pairs", """{"a":1,"b c":"x"}""")]
    [InlineData("ROW(1, 'x')", """{"f1":1,"f2":"x"}""")]
    [InlineData("ARRAY[ROW(1, 'x')::pair]", """[{"a":1,"b c":"x"}]""")]
    [InlineData("'{2026-01-01 12:00Z}'::timestamptz[]", """["2026-01-01T12:00:00+00:00"]""")]
    [InlineData("NULL", null)]
    [InlineData("'untyped'", "untyped")]
    [InlineData("'2026-01-01 12:00:00+00'::timestamptz::text", "2026-01-01 12:00:00+00")]
    public async Task A_value_without_a_common_form_comes_out_as_people_know_it(string sql, string? expected)
    {
        var row = Assert.Single(await ReadAsync($"SELECT 1 AS n, {sql} AS v"));

        Assert.Equal(expected, row[1]);
    }

    [Theory]
    [InlineData(true, "P1Y2M3DT4H5M6.5S")]
    [InlineData(false, "1 year 2 mons 3 days 04:05:06.5")]
    public async Task Intervals_are_spelled_as_the_file_wants_them(bool iso, string expected)
    {
        var bench = new Bench(database.Pool);
        var dataset = await bench.DescribeAsync(Bench.Query("SELECT '1 year 2 mons 3 days 04:05:06.5'::interval AS v"));

        Assert.Equal(expected, Assert.Single(await bench.ReadAsync(dataset, Bench.Settle(dataset, "{}"), iso))[0]);
    }

    [Fact]
    public async Task The_session_speaks_in_the_zone_of_the_request()
    {
        var bench = new Bench(database.Pool);
        var dataset = await bench.DescribeAsync(Bench.Query("SELECT ('2026-07-01 12:00Z'::timestamptz)::text AS v"));

        Assert.Equal("2026-07-01 17:30:00+05:30", await bench.FirstColumnAsync(dataset, """{ "timeZone": "Asia/Kolkata" }"""));
    }

    private async Task<List<string?[]>> ReadAsync(string query)
    {
        var bench = new Bench(database.Pool);
        var dataset = await bench.DescribeAsync(Bench.Query(query));
        return await bench.ReadAsync(dataset, new Criteria { Columns = ["n", "v"], Sort = [new SortKey("n")], TimeZone = "UTC" });
    }
}
