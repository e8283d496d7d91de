using ExportHub.Access;
using ExportHub.Exports;

namespace ExportHub.Tests.Exports;

public sealed class HistoryQueryTests
{
    private static readonly Viewer Anna = new("anna", SeesAll: false);

    [Fact]
    public void Days_are_those_of_the_zone_and_both_are_included()
    {
        var filter = Settle(new HistoryQuery { From = "2026-03-28", To = "2026-03-29", Zone = "Europe/Berlin" }, out _)!;

        // The second one has an hour less.
        Assert.Equal(new DateTimeOffset(2026, 3, 27, 23, 0, 0, TimeSpan.Zero), filter.From);
        Assert.Equal(new DateTimeOffset(2026, 3, 29, 22, 0, 0, TimeSpan.Zero), filter.Until);
    }

    [Fact]
    public void What_is_empty_is_not_asked_for() =>
        Assert.Equal(new HistoryFilter(Anna), Settle(new HistoryQuery { Q = " ", Dataset = "", Status = "", Person = "", From = "", To = "", Zone = "", Before = "" }, out _));

    [Theory]
    [InlineData("0001-01-01", "9999-12-31", "Pacific/Kiritimati")]
    [InlineData("0001-01-01", "9999-12-30", "America/Adak")]
    public void The_first_and_the_last_day_there_are_can_be_asked_for(string from, string to, string zone)
    {
        var filter = Settle(new HistoryQuery { From = from, To = to, Zone = zone }, out _)!;

        Assert.Equal(0, IdRange.Earliest(filter.From!.Value).ToByteArray(bigEndian: true)[0]);
        Assert.True(filter.Until is null || IdRange.Latest(filter.Until.Value) > IdRange.Earliest(filter.From.Value));
    }

    [Fact]
    public void Everything_that_cannot_be_read_is_told_at_once_with_its_field()
    {
        Assert.Null(Settle(new HistoryQuery { Status = "done", From = "31.01.2026", To = "2026-02-30", Zone = "Moon", Before = "x" }, out var faults));
        Assert.Equal(["before", "from", "status", "to", "zone"], faults.Order());

        Assert.Null(Settle(new HistoryQuery { From = "2026-02-02", To = "2026-02-01" }, out faults));
        Assert.Equal(["from"], faults);
    }

    [Theory]
    [InlineData("019ab000", true)]
    [InlineData("019AB000-0000-7000", true)]
    [InlineData("019ab00", false)]
    [InlineData("orders-2026", false)]
    public void Eight_digits_are_the_start_of_an_Export_ID(string text, bool isOne) =>
        Assert.Equal(isOne, IdRange.StartingWith(text) is { } range && Between(range));

    [Fact]
    public void The_IDs_of_an_instant_hold_those_made_an_hour_around_it()
    {
        var now = new DateTimeOffset(2026, 1, 31, 10, 0, 0, TimeSpan.Zero);

        Assert.InRange(Guid.CreateVersion7(now.AddMinutes(-59)), IdRange.Earliest(now), IdRange.Latest(now));
        Assert.InRange(Guid.CreateVersion7(now.AddMinutes(59)), IdRange.Earliest(now), IdRange.Latest(now));
        Assert.True(Guid.CreateVersion7(now.AddMinutes(-61)) < IdRange.Earliest(now));
        Assert.True(Guid.CreateVersion7(now.AddMinutes(61)) > IdRange.Latest(now));
    }

    private static bool Between(IdRange range) =>
        range.First <= Guid.Parse("019ab000-0000-7000-8000-000000000000") && range.Last >= Guid.Parse("019ab000-0000-7000-8000-000000000000");

    private static HistoryFilter? Settle(HistoryQuery query, out List<string> faults)
    {
        var told = faults = [];
        return query.Settle(Anna, 25, (field, _) => told.Add(field));
    }
}
