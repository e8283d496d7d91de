using ExportHub.Formats.Xlsx;

namespace ExportHub.Tests.Formats.Xlsx;

public sealed class SheetNamesTests
{
    [Theory]
    [InlineData("Orders", "Orders")]
    [InlineData("Bestellungen (Köln) 😀 漢字", "Bestellungen (Köln) 😀 漢字")]
    [InlineData("Sales/Orders: [north]\\*?", "Sales-Orders- (north)-")]
    [InlineData("'quoted'", "quoted")]
    [InlineData("don't", "don't")]
    [InlineData("  'blanks'  ", "blanks")]
    [InlineData("a\tb\nc\u0001\uFFFEd", "a b c  d")]
    [InlineData("_x0041_ _xyz", "-x0041_ _xyz")]
    [InlineData("", "Data")]
    [InlineData(" ' ", "Data")]
    [InlineData("???", "Data")]
    [InlineData("history", "history data")]
    [InlineData("ABOUT", "ABOUT data")]
    [InlineData("'About'", "About data")]
    [InlineData("12345678901234567890123456789012345", "12345678901234567890123456")]
    [InlineData("1234567890123456789012345😀", "1234567890123456789012345")]
    [InlineData("1234567890123456789012345'678", "1234567890123456789012345")]
    public void A_title_becomes_a_name_that_Excel_allows(string title, string name) => Assert.Equal(name, new SheetNames(title).Of(1));

    [Fact]
    public void Half_a_character_is_replaced() => Assert.Equal("\uFFFD torn", new SheetNames("\ud83d torn").Of(1));

    [Fact]
    public void Further_sheets_are_numbered_and_no_two_names_are_alike()
    {
        var names = new SheetNames(new string('x', 24) + " 2 and more");

        List<string> all = [.. Enumerable.Range(1, 1_200).Select(names.Of), SheetNames.About];

        Assert.Equal([new string('x', 24) + " 2", new string('x', 24) + " 2 2"], all.Take(2));
        Assert.Equal(all.Count, all.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(all, name => Assert.InRange(name.Length, 1, 31));
    }
}
