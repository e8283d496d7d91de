using System.Globalization;
using ExportHub.Datasets;
using ExportHub.Formats.Cells;
using Npgsql;

namespace ExportHub.Tests.RealData;

/// <summary>What ExportHub works out about time zones, against PostgreSQL's AT TIME ZONE around every change of the clocks.</summary>
public sealed class ZonesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateTime Epoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static TheoryData<string> Zones => new(
        "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Kathmandu", "Europe/Dublin", "Europe/Moscow", "America/St_Johns", "America/Havana",
        "America/Santiago", "Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca");

    [Theory]
    [MemberData(nameof(Zones))]
    public async Task A_local_time_is_the_instant_that_PostgreSQL_takes_it_for(string name)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(name);
        var walls = Changes(zone).SelectMany(change => Around(change + zone.GetUtcOffset(change))).Distinct().ToArray();

        var expected = await AskAsync("SELECT (w AT TIME ZONE $2) AT TIME ZONE 'UTC' FROM unnest($1::timestamp[]) WITH ORDINALITY AS u (w, n) ORDER BY n", walls, name);

        Assert.NotEmpty(walls);
        Assert.Equal(
            walls.Zip(expected, (wall, utc) => $"{wall:s} is {utc:s}"),
            walls.Select(wall => $"{wall:s} is {new DateTime(LocalTime.In(zone, wall).UtcTicks):s}"));
    }

    [Theory]
    [MemberData(nameof(Zones))]
    public async Task A_day_is_what_PostgreSQL_calls_that_day(string name)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(name);
        var days = Changes(zone).SelectMany(change => Enumerable.Range(-1, 3).Select(n => DateOnly.FromDateTime(change.AddDays(n)))).Distinct();
        var starts = days.Select(day => new DateTime(LocalTime.StartOf(zone, day).UtcTicks)).ToArray();

        var first = await AskAsync("SELECT (u AT TIME ZONE 'UTC') AT TIME ZONE $2 FROM unnest($1::timestamp[]) WITH ORDINALITY AS u (u, n) ORDER BY n", starts, name);
        var before = await AskAsync("SELECT ((u - interval '1 us') AT TIME ZONE 'UTC') AT TIME ZONE $2 FROM unnest($1::timestamp[]) WITH ORDINALITY AS u (u, n) ORDER BY n", starts, name);

        Assert.All(first.Zip(before), pair => Assert.True(pair.First.Date > pair.Second.Date, $"{pair.Second:O} and {pair.First:O} are no turn of a day"));
    }

    [Theory]
    [MemberData(nameof(Zones))]
    public async Task An_instant_is_shown_as_PostgreSQL_shows_it(string name)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(name);
        var clock = new ZoneClock(zone);
        var instants = Changes(zone).SelectMany(Around).Distinct().ToArray();

        var expected = await AskAsync("SELECT (u AT TIME ZONE 'UTC') AT TIME ZONE $2 FROM unnest($1::timestamp[]) WITH ORDINALITY AS u (u, n) ORDER BY n", instants, name);

        Assert.Equal(
            instants.Zip(expected, (utc, wall) => $"{utc:s}Z is {wall:s}"),
            instants.Select(utc => $"{utc:s}Z is {utc.AddMinutes(clock.OffsetMinutes((utc.Ticks - Epoch.Ticks) / TimeSpan.TicksPerMicrosecond)):s}"));
    }

    /// <summary>When the clocks of a zone change: looked for in the years that have rules of their own, and in the next ones.</summary>
    private static IEnumerable<DateTime> Changes(TimeZoneInfo zone)
    {
        var hour = new DateTime(1940, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        for (var offset = zone.GetUtcOffset(hour); hour.Year < 2028; hour = hour.AddHours(1))
        {
            var next = zone.GetUtcOffset(hour);
            if (next != offset)
            {
                yield return hour;
                offset = next;
            }
        }
    }

    private static IEnumerable<DateTime> Around(DateTime change) =>
        Enumerable.Range(-18, 37).Select(n => DateTime.SpecifyKind(change, DateTimeKind.Unspecified).AddMinutes(10 * n));

    private async Task<List<DateTime>> AskAsync(string sql, DateTime[] times, string zone)
    {
        await using var command = database.Pool.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter { Value = times.Select(t => t.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture)).ToArray(), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter { Value = zone });
        command.CommandText = sql.Replace("$1::", "$1::text[]::", StringComparison.Ordinal);
        await using var reader = await command.ExecuteReaderAsync();
        var answers = new List<DateTime>();
        while (await reader.ReadAsync())
        {
            answers.Add(reader.GetDateTime(0));
        }

        return answers;
    }
}
