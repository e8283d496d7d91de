using ExportHub.Exports;
using ExportHub.Pages.Status;

namespace ExportHub.Tests.Pages.Status;

public sealed class ProgressWordsTests
{
    [Fact]
    public void An_estimated_total_is_called_about() =>
        Assert.Equal(
            "184,000 of about 412,345 rows, 9.1 MB, about 20 seconds left",
            ProgressWords.Of(new ProgressPart(184_000, 412_345, TotalIsExact: false, 44, 9_123_411, 12)));

    [Fact]
    public void A_total_that_was_counted_is_not() =>
        Assert.Equal("5 of 10 rows", ProgressWords.Of(new ProgressPart(5, 10, TotalIsExact: true, 50, 0, null)));

    [Fact]
    public void A_total_that_proved_too_small_is_not_named() =>
        Assert.Equal("11 rows, 2 KB", ProgressWords.Of(new ProgressPart(11, 10, TotalIsExact: false, 99, 2000, null)));

    [Theory]
    [InlineData(1, "It is next in line.")]
    [InlineData(2, "One export is ahead of it.")]
    [InlineData(1001, "1,000 exports are ahead of it.")]
    public void A_waiting_export_says_how_many_are_ahead(long position, string words) =>
        Assert.Equal(words, ProgressWords.Waiting(new QueuePart(position, null)));

    [Fact]
    public void An_export_that_waits_for_another_try_does_not_speak_of_a_queue() =>
        Assert.Equal("It waits a moment before it is tried again.", ProgressWords.Waiting(new QueuePart(3, DateTimeOffset.UnixEpoch)));
}
