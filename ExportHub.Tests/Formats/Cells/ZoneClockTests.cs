using ExportHub.Formats.Cells;

namespace ExportHub.Tests.Formats.Cells;

public sealed class ZoneClockTests
{
    private static readonly DateTime Epoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/St_Johns")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Asia/Kathmandu")]
    [InlineData("Pacific/Apia")]
    public void Every_instant_has_the_offset_that_the_zone_has_then(string name)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(name);
        var clock = new ZoneClock(zone);
        var random = new Random(4711);
        for (var i = 0; i < 20_000; i++)
        {
            // Half of the instants lie in two years, so that hours come back; steps of 7 minutes fall between the changes of the clocks.
            var minutes = i % 2 == 0 ? (long)random.Next(0, 150_000) * 7 : random.NextInt64(-60_000_000, 60_000_000);
            var instant = Epoch.AddMinutes(minutes);

            var offset = clock.OffsetMinutes(minutes * 60_000_000);

            Assert.Equal((int)zone.GetUtcOffset(instant).TotalMinutes, offset);
        }
    }

    [Fact]
    public void The_hour_in_which_clocks_change_is_not_remembered()
    {
        // Lord Howe's clocks go back half an hour at 15:00 UTC; Berlin's change at 1:00 UTC.
        var clock = new ZoneClock(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        var change = (long)(new DateTime(2026, 3, 29, 1, 0, 0, DateTimeKind.Utc) - Epoch).TotalMicroseconds;

        Assert.Equal(60, clock.OffsetMinutes(change - 1));
        Assert.Equal(120, clock.OffsetMinutes(change));
        Assert.Equal(60, clock.OffsetMinutes(change - 1));
    }

    [Fact]
    public void Instants_beyond_the_years_of_the_calendar_are_shown_in_UTC()
    {
        var clock = new ZoneClock(TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo"));

        Assert.Equal(0, clock.OffsetMinutes(long.MinValue + 1));
        Assert.Equal(0, clock.OffsetMinutes(long.MaxValue - 1));
    }
}
