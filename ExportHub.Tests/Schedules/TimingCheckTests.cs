using ExportHub.Schedules;

namespace ExportHub.Tests.Schedules;

public sealed class TimingCheckTests
{
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    [Theory]
    [InlineData("* * * * *", "timing.cron", "15 minutes")]
    [InlineData("*/10 * * * *", "timing.cron", "15 minutes")]
    [InlineData("0,1 0 1 1 *", "timing.cron", "15 minutes")]
    [InlineData("0 0 30 2 *", "timing.cron", "never run")]
    [InlineData("0 0 31 2-2 *", "timing.cron", "never run")]
    [InlineData("", "timing.cron", "five fields")]
    [InlineData(null, "timing.cron", "five fields")]
    [InlineData("0 0 * *", "timing.cron", "five fields")]
    [InlineData("0 0 0 * * *", "timing.cron", "five fields")]
    [InlineData("@daily", "timing.cron", "five fields")]
    [InlineData("60 0 * * *", "timing.cron", "first field")]
    [InlineData("-1 0 * * *", "timing.cron", "first field")]
    [InlineData("0, 0 * * *", "timing.cron", "first field")]
    [InlineData("0 24 * * *", "timing.cron", "second field")]
    [InlineData("0 8-6 * * *", "timing.cron", "second field")]
    [InlineData("0 */0 * * *", "timing.cron", "second field")]
    [InlineData("0 0 0 * *", "timing.cron", "third field")]
    [InlineData("0 0 LW * *", "timing.cron", "third field")]
    [InlineData("0 0 1 13 *", "timing.cron", "fourth field")]
    [InlineData("0 0 * foo *", "timing.cron", "fourth field")]
    [InlineData("0 0 * * 8", "timing.cron", "fifth field")]
    [InlineData("0 0 * * MON#1", "timing.cron", "fifth field")]
    [InlineData("0 0 * * 1/1/1", "timing.cron", "fifth field")]
    [InlineData("0 ٣ * * *", "timing.cron", "second field")]
    public void A_cron_expression_that_cannot_be_is_refused_with_a_sentence(string? cron, string field, string words)
    {
        var faults = Faults(new Timing { Kind = TimingKind.Cron, Cron = cron });

        Assert.Contains(faults, fault => fault.Field == field && fault.Sentence.Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public void Other_kinds_name_the_field_that_is_wrong()
    {
        Assert.Equal("timing", Assert.Single(Faults(null)).Field);
        Assert.Equal("timing", Assert.Single(Faults(new Timing { Kind = (TimingKind)99 })).Field);
        Assert.Equal("timing.at", Assert.Single(Faults(new Timing { Kind = TimingKind.Daily, At = "25:00" })).Field);
        Assert.Equal("timing.weekdays", Assert.Single(Faults(new Timing { Kind = TimingKind.Weekly, At = "06:00", Weekdays = [] })).Field);
        Assert.Equal("timing.weekdays", Assert.Single(Faults(new Timing { Kind = TimingKind.Weekly, At = "06:00", Weekdays = ["1"] })).Field);
        Assert.Equal("timing.weekdays", Assert.Single(Faults(new Timing { Kind = TimingKind.Weekly, At = "06:00", Weekdays = [null!] })).Field);
        Assert.Equal("timing.day", Assert.Single(Faults(new Timing { Kind = TimingKind.Monthly, At = "06:00", Day = 32 })).Field);
        Assert.Equal("timing.hours", Assert.Single(Faults(new Timing { Kind = TimingKind.Hourly, At = "06:00", Hours = 5 })).Field);
    }

    [Fact]
    public void A_day_that_a_month_lacks_is_its_last()
    {
        var (_, fields) = Settled(new Timing { Kind = TimingKind.Monthly, At = "06:00", Day = 30 });

        Assert.Equal(["01-30", "02-28", "03-30", "04-30"], Days(fields, 4));
        Assert.Equal(["01-31", "02-28", "03-31", "04-30"], Days(Settled(new Timing { Kind = TimingKind.LastDay, At = "06:00" }).Fields, 4));
    }

    [Fact]
    public void Hours_are_counted_from_the_first_on_each_day()
    {
        var (timing, fields) = Settled(new Timing { Kind = TimingKind.Hourly, At = "08:30", Hours = 6, Cron = "* * * * *" });

        Assert.Equal([510, 870, 1230], fields.Times);
        Assert.Null(timing.Cron);
        Assert.Equal("Every 6 hours from 08:30 on each day, Europe/Berlin time", TimingWords.Of(timing, "Europe/Berlin"));
    }

    [Fact]
    public void Weekdays_are_said_in_the_order_of_the_week()
    {
        var (timing, fields) = Settled(new Timing { Kind = TimingKind.Weekly, At = "06:30", Weekdays = ["thursday", "Monday"] });

        Assert.Equal(["01-01", "01-05", "01-08"], Days(fields, 3));
        Assert.Equal("Every Monday and Thursday at 06:30, Europe/Berlin time", TimingWords.Of(timing, "Europe/Berlin"));
    }

    private static IEnumerable<string> Days(TimeFields fields, int count) =>
        new Timetable(fields, TimeZoneInfo.Utc).After(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)).Take(count).Select(at => $"{at:MM-dd}");

    private static (Timing Timing, TimeFields Fields) Settled(Timing timing) => TimingCheck.Settle(timing, Quarter, (_, sentence) => Assert.Fail(sentence))!.Value;

    private static List<(string Field, string Sentence)> Faults(Timing? timing)
    {
        var faults = new List<(string Field, string Sentence)>();
        Assert.Null(TimingCheck.Settle(timing, Quarter, (field, sentence) => faults.Add((field, sentence))));
        return faults;
    }
}
