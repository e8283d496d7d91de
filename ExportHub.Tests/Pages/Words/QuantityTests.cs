using ExportHub.Pages.Words;

namespace ExportHub.Tests.Pages.Words;

public sealed class QuantityTests
{
    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(1, "1 byte")]
    [InlineData(999, "999 bytes")]
    [InlineData(1000, "1 KB")]
    [InlineData(9_123_411, "9.1 MB")]
    [InlineData(999_499, "999 KB")]
    [InlineData(999_500, "1 MB")]
    [InlineData(124_000_000, "124 MB")]
    [InlineData(5_500_000_000_000_000, "5500 TB")]
    public void A_size_has_the_unit_that_keeps_it_short(long bytes, string words) => Assert.Equal(words, Quantity.Size(bytes));

    [Theory]
    [InlineData(1, "1 row")]
    [InlineData(0, "0 rows")]
    [InlineData(250_000, "250,000 rows")]
    public void A_count_agrees_with_its_noun(long count, string words) => Assert.Equal(words, Quantity.Rows(count));
}
