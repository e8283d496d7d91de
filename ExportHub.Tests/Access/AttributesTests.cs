using ExportHub.Access;

namespace ExportHub.Tests.Access;

/// <summary>What row filters compare with, as administrators write it.</summary>
public sealed class AttributesTests
{
    [Fact]
    public void Lines_are_read_and_written_alike()
    {
        var (read, fault) = Attributes.Parse("region = EU\r\nteam=a=b\n\nregion=US\nregion=EU");

        Assert.Null(fault);
        Assert.Equal(["EU", "US"], read["region"]);
        Assert.Equal("region=EU\nregion=US\nteam=a=b", read.ToLines());
    }

    [Theory]
    [InlineData("region", "The attribute region has no value.")]
    [InlineData("region=", "The attribute region has no value.")]
    [InlineData("Region=EU", "An attribute is written as")]
    [InlineData("=EU", "An attribute is written as")]
    [InlineData("name=admin", "“name” cannot be an attribute")]
    [InlineData("roles=admin", "“roles” cannot be an attribute")]
    [InlineData("region=E\tU", "printable characters")]
    public void What_cannot_be_one_is_refused_with_a_sentence(string lines, string said)
    {
        var (read, fault) = Attributes.Parse(lines);

        Assert.Empty(read);
        Assert.Contains(said, fault, StringComparison.Ordinal);
    }
}
