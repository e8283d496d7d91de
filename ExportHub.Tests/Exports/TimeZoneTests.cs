using System.Globalization;
using System.Text.Json;
using ExportHub.Tests.RealData;
using Npgsql;

namespace ExportHub.Tests.Exports;

/// <summary>Time zones from the request to the file, across both changes of the clocks, against what PostgreSQL itself says.</summary>
public sealed class TimeZoneTests : IClassFixture<TestApp>, IAsyncLifetime
{
    private static readonly string[] Zones = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Kathmandu"];

    // The last is from the time before there were computers that cared.
    private static readonly string[] Changes =
    [
        "2026-03-29 01:00+00", "2026-10-25 01:00+00", "2026-03-08 07:00+00", "2026-11-01 06:00+00", "1985-12-31 18:30+00", "1980-04-06 01:00+00", "1942-08-31 17:30+00",
    ];

    private readonly TestApp app;

    public TimeZoneTests(TestApp app) => this.app = app;

    public async Task InitializeAsync()
    {
        await app.Database.ExecuteAsync($"""
            CREATE TABLE IF NOT EXISTS moments AS
            SELECT row_number() OVER (ORDER BY c, s)::int AS id, c::timestamptz + s AS at
            FROM unnest(ARRAY['{string.Join("', '", Changes)}']) AS c
            CROSS JOIN (
                SELECT n * interval '15 minutes' AS s FROM generate_series(-120, 120) AS n
                UNION ALL VALUES (interval '-1 microsecond'), (interval '1.5 seconds')
            ) AS steps
            """);
        await app.WriteDatasetAsync("moments", """{ "from": "public.moments", "key": ["id"], "dateColumn": "at" }""");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-29 00:59:59.999999+00", "2026-03-29T01:59:59.999999+01:00")]
    [InlineData("Europe/Berlin", "2026-03-29 01:00+00", "2026-03-29T03:00:00+02:00")]
    [InlineData("Europe/Berlin", "2026-10-25 00:30+00", "2026-10-25T02:30:00+02:00")]
    [InlineData("Europe/Berlin", "2026-10-25 01:30+00", "2026-10-25T02:30:00+01:00")]
    [InlineData("Europe/Berlin", "1980-04-06 01:00+00", "1980-04-06T03:00:00+02:00")]
    [InlineData("America/New_York", "2026-03-08 07:00+00", "2026-03-08T03:00:00-04:00")]
    [InlineData("America/New_York", "2026-11-01 05:30+00", "2026-11-01T01:30:00-04:00")]
    [InlineData("America/New_York", "2026-11-01 06:30+00", "2026-11-01T01:30:00-05:00")]
    [InlineData("Asia/Kolkata", "2026-03-29 01:00+00", "2026-03-29T06:30:00+05:30")]
    [InlineData("Asia/Kolkata", "1942-08-31 17:30+00", "1942-08-31T23:00:00+05:30")]
    [InlineData("Asia/Kathmandu", "1985-12-31 18:15+00", "1985-12-31T23:45:00+05:30")]
    [InlineData("Asia/Kathmandu", "1985-12-31 18:30+00", "1986-01-01T00:15:00+05:45")]
    [InlineData("Asia/Kathmandu", "2026-10-25 01:00+00", "2026-10-25T06:45:00+05:45")]
    public async Task The_golden_instants_look_like_this(string zone, string instant, string shown)
    {
        var range = new { from = instant.Replace("+00", "Z", StringComparison.Ordinal), to = (string?)null };
        var file = await FileAsync(new { dataset = "moments", format = "csv", columns = new[] { "at" }, dateRange = range, sort = new[] { new { column = "at" } }, limit = 1, timeZone = zone });

        Assert.Equal(shown, Assert.Single(Referee.Read("csv", file).Rows)[0]);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    [InlineData("json")]
    [InlineData("jsonl")]
    public async Task Every_cell_shows_what_PostgreSQL_shows(string format)
    {
        foreach (var zone in Zones)
        {
            var file = await FileAsync(new { dataset = "moments", format, columns = new[] { "id", "at" }, sort = new[] { new { column = "id" } }, timeZone = zone });
            var shown = Referee.Read(format, file).Rows.Select(row => row[1]).ToList();
            var expected = await ColumnAsync($"SELECT {(format == "xlsx" ? $"at AT TIME ZONE '{zone}'" : "at")} FROM moments ORDER BY id", zone);

            Assert.Equal(expected.Count, shown.Count);
            Assert.All(expected.Zip(shown), pair => AssertMoment(zone, pair.First, pair.Second));
        }
    }

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-29T02:30:00", "2026-03-29T04:00:00")]
    [InlineData("Europe/Berlin", "2026-03-29T01:00:00", "2026-03-29T02:15:00")]
    [InlineData("Europe/Berlin", "2026-10-25T02:30:00", "2026-10-25T03:00:00")]
    [InlineData("Europe/Berlin", "2026-10-25T00:00:00", "2026-10-25T02:30:00")]
    [InlineData("America/New_York", "2026-03-08T02:30:00", "2026-03-08T05:00:00")]
    [InlineData("America/New_York", "2026-11-01T01:30:00", "2026-11-01T02:00:00")]
    [InlineData("America/New_York", "2026-10-31T12:00:00", "2026-11-01T01:15:00")]
    [InlineData("Asia/Kolkata", "2026-03-29T02:30:00", "2026-03-29T04:00:00")]
    [InlineData("Asia/Kathmandu", "1985-12-31T23:45:00", "1986-01-01T00:10:00")]
    public async Task A_bound_without_offset_selects_the_rows_that_PostgreSQL_selects(string zone, string from, string to)
    {
        var expected = await ColumnAsync(
            $"SELECT id FROM moments WHERE at >= timestamp '{from}' AT TIME ZONE '{zone}' AND at < timestamp '{to}' AT TIME ZONE '{zone}' ORDER BY id", zone);

        Assert.Equal(expected, await IdsAsync(zone, from, to));
        Assert.NotEmpty(expected);
    }

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-29", 23)]
    [InlineData("Europe/Berlin", "2026-10-25", 25)]
    [InlineData("America/New_York", "2026-03-08", 23)]
    [InlineData("America/New_York", "2026-11-01", 25)]
    [InlineData("Asia/Kolkata", "2026-03-29", 24)]
    [InlineData("Asia/Kathmandu", "1986-01-01", 23.75)]
    public async Task A_day_holds_the_rows_that_PostgreSQL_dates_on_it(string zone, string day, double hours)
    {
        var next = DateOnly.Parse(day, CultureInfo.InvariantCulture).AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var expected = await ColumnAsync($"SELECT id FROM moments WHERE (at AT TIME ZONE '{zone}')::date = date '{day}' ORDER BY id", zone);
        var length = await ColumnAsync($"SELECT extract(epoch FROM timestamp '{next}' AT TIME ZONE '{zone}' - timestamp '{day}' AT TIME ZONE '{zone}') / 3600.0", zone);

        Assert.Equal(expected, await IdsAsync(zone, day, next));
        Assert.Equal(hours, double.Parse(length[0], CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("Europe/Berlin", "2026-10-25", "2026-10-26", "2026-10-25", "2026-10-25")]
    [InlineData("America/New_York", "2026-03-01", "2026-04-01", "2026-03-01", "2026-03-31")]
    [InlineData("Asia/Kathmandu", "2026-10-24T18:15:00Z", "2026-10-25T18:15:00Z", "2026-10-25", "2026-10-25")]
    [InlineData("Asia/Kolkata", "2026-01-01T10:00:00", "2026-01-02T10:00:00", "2026-01-01", "2026-01-02")]
    public async Task A_file_is_named_in_the_zone_of_the_request(string zone, string from, string to, string first, string last)
    {
        var document = await app.ExportAsync(new { dataset = "moments", format = "csv", dateRange = new { from, to }, timeZone = zone });

        var asOf = document.GetProperty("dataAsOf").GetDateTimeOffset().UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        var local = (await ColumnAsync($"SELECT to_char(timestamptz '{asOf}' AT TIME ZONE '{zone}', 'YYYY-MM-DD\"T\"HH24MI')", zone))[0];
        var name = document.GetProperty("download").GetProperty("fileName").GetString()!;
        Assert.Equal($"moments_{first}_{last}_{local}.csv", name);
        Assert.DoesNotContain(name, "<>:\"/\\|?*".Contains);
    }

    private static void AssertMoment(string zone, string expected, object? shown)
    {
        if (shown is DateTime wall)
        {
            Assert.InRange((DateTime.Parse(expected, CultureInfo.InvariantCulture) - wall).TotalMilliseconds, -1, 1);
            return;
        }

        // PostgreSQL leaves out the minutes of an offset when there are none.
        var iso = expected.Replace(' ', 'T') + (expected[^3] is '+' or '-' ? ":00" : "");
        Assert.Equal((zone, iso), (zone, shown is JsonElement json ? json.GetString() : shown));
    }

    private async Task<byte[]> FileAsync(object request)
    {
        var document = await app.ExportAsync(request);
        Assert.True(document.GetProperty("status").GetString() == "completed", document.ToString());
        return await app.DownloadAsync(document);
    }

    private async Task<List<string>> IdsAsync(string zone, string from, string to)
    {
        var file = await FileAsync(new { dataset = "moments", format = "csv", columns = new[] { "id" }, dateRange = new { from, to }, sort = new[] { new { column = "id" } }, timeZone = zone });
        return [.. Referee.Read("csv", file).Rows.Select(row => (string)row[0]!)];
    }

    private async Task<List<string>> ColumnAsync(string select, string zone)
    {
        await using var connection = await app.Database.Pool.OpenConnectionAsync();
        await using (var set = new NpgsqlCommand($"SET TIME ZONE '{zone}'", connection))
        {
            await set.ExecuteNonQueryAsync();
        }

        await using var command = new NpgsqlCommand($"SELECT v::text FROM ({select}) AS s (v)", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var values = new List<string>();
        while (await reader.ReadAsync())
        {
            values.Add(reader.GetString(0));
        }

        return values;
    }
}
