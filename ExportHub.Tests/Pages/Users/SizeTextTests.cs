using ExportHub.Pages.Users;

namespace ExportHub.Tests.Pages.Users;

public sealed class SizeTextTests
{
    [Theory]
    [InlineData("5 GB", 5_000_000_000)]
    [InlineData("5gb", 5_000_000_000)]
    [InlineData(" 1,5 GB ", 1_500_000_000)]
    [InlineData("1.234 KB", 1_234)]
    [InlineData("1 byte", null)]
    [InlineData("12 bytes", 12)]
    [InlineData("500000", 500_000)]
    [InlineData("1000 TB", 1_000_000_000_000_000)]
    [InlineData("1001 TB", null)]
    [InlineData("0", null)]
    [InlineData("-1 GB", null)]
    [InlineData("5 PB", null)]
    [InlineData("99999999999999999999 GB", null)]
    [InlineData("much", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void It_is_read_as_people_write_it(string? text, object? bytes) => Assert.Equal(bytes is null ? null : Convert.ToInt64(bytes, null), SizeText.Parse(text));

    [Theory]
    [InlineData(5_000_000_000, "5 GB")]
    [InlineData(1_500_000_000, "1.5 GB")]
    [InlineData(1_234_567_890, "1234567.89 KB")]
    [InlineData(1, "1")]
    public void What_is_shown_reads_as_exactly_the_same(long bytes, string text)
    {
        Assert.Equal(text, SizeText.Of(bytes));
        Assert.Equal(bytes, SizeText.Parse(text));
    }

    [Fact]
    public void Nothing_is_shown_for_none() => Assert.Equal("", SizeText.Of(null));
}
