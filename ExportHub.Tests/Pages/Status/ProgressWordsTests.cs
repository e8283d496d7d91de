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
    [InlineData("workers", 1, null, "It is next in line.")]
    [InlineData("workers", 2, null, "It is 2nd in line.")]
    [InlineData("workers", 3, 240.0, "It is 3rd in line, about 4 minutes until the file is ready.")]
    [InlineData("workers", 1011, 30.0, "It is 1,011th in line, about 30 seconds until the file is ready.")]
    [InlineData("ownExports", 4, null, "As many of your exports are running as may run at a time. It is 4th in line.")]
    [InlineData("retry", 3, null, "It waits a moment before it is tried again.")]
    [InlineData("administrator", 3, null, "An administrator has stopped the start of exports for a while. It starts by itself afterwards.")]
    public void A_waiting_export_says_for_what_and_how_long(string waitsFor, long position, double? eta, string words) =>
        Assert.Equal(words, ProgressWords.Waiting(new QueuePart("interactive", position, waitsFor, eta, null, 1, 4)));
}
