using ExportHub.Pages.Words;

namespace ExportHub.Tests.Pages.Words;

public sealed class DurationTests
{
    [Theory]
    [InlineData(0, "a few seconds")]
    [InlineData(9.9, "a few seconds")]
    [InlineData(12, "about 20 seconds")]
    [InlineData(54, "about 60 seconds")]
    [InlineData(55, "about a minute")]
    [InlineData(89, "about a minute")]
    [InlineData(95, "about 2 minutes")]
    [InlineData(3000, "about 50 minutes")]
    [InlineData(3600, "about an hour")]
    [InlineData(7300, "about 2 hours")]
    public void The_remaining_time_is_coarse(double seconds, string words) => Assert.Equal(words, Duration.About(seconds));

    [Theory]
    [InlineData(0.5, "less than two minutes")]
    [InlineData(119, "119 minutes")]
    [InlineData(120, "2 hours")]
    [InlineData(47 * 60 + 59, "47 hours")]
    [InlineData(7 * 24 * 60 - 1, "6 days")]
    [InlineData(7 * 24 * 60, "7 days")]
    public void A_long_time_is_never_told_longer_than_it_is(double minutes, string words) => Assert.Equal(words, Duration.Whole(TimeSpan.FromMinutes(minutes)));

    [Theory]
    [InlineData(0.4, "less than a second")]
    [InlineData(1, "1 second")]
    [InlineData(7.2, "7 seconds")]
    [InlineData(185, "3 min 5 s")]
    [InlineData(93_600, "26 h 0 min")]
    public void What_is_over_is_told_exactly(double seconds, string words) => Assert.Equal(words, Duration.Exactly(TimeSpan.FromSeconds(seconds)));
}
