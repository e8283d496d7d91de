using ExportHub.Files.Remote;

namespace ExportHub.Tests.Files.Remote;

public sealed class PartSizeTests
{
    private const long MiB = 1024 * 1024;

    [Fact]
    public void Ten_thousand_parts_hold_terabytes_from_any_first_size()
    {
        foreach (var first in (long[])[PartSize.Smallest, 8 * MiB, 64 * MiB, PartSize.Largest])
        {
            var all = Enumerable.Range(1, PartSize.MostParts).Sum(number => PartSize.Of(number, first));

            Assert.InRange(all, 3L << 40, 10L << 40);
        }
    }

    [Fact]
    public void A_file_of_gigabytes_takes_no_more_memory_than_the_first_part() =>
        Assert.All(Enumerable.Range(1, 1000), number => Assert.Equal(8 * MiB, PartSize.Of(number, 8 * MiB)));

    [Fact]
    public void Parts_never_shrink_and_never_pass_the_largest() => Assert.All(
        Enumerable.Range(1, PartSize.MostParts - 1),
        number => Assert.InRange(PartSize.Of(number + 1, 8 * MiB), PartSize.Of(number, 8 * MiB), PartSize.Largest));
}
