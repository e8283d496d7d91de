using System.Globalization;
using System.Text;
using ExportHub.Pages.Request;

namespace ExportHub.Tests.Pages.Request;

public sealed class ValueFileTests
{
    [Theory]
    [InlineData("customer", "Anna\nBert\n", "Anna|Bert")]
    [InlineData("customer", "Anna\r\nBert", "Anna|Bert")]
    [InlineData("customer", "CUSTOMER\nAnna", "Anna")]
    [InlineData("customer", "Id;Customer\n1;Anna\n2;\"Bert; junior\"", "Anna|Bert; junior")]
    [InlineData("customer", "Anna,1\nBert,2", "Anna|Bert")]
    [InlineData("customer", "\uFEFFCustomer\nZoë 漢字", "Zoë 漢字")]
    [InlineData("due", "Day of delivery\n2026-01-31\n2026-02-01", "2026-01-31|2026-02-01")]
    [InlineData("status", "Paid or not\npaid\nnew", "paid|new")]
    public void The_column_of_that_name_is_taken_or_the_first(string column, string file, string values) => Assert.Equal(values, string.Join('|', Read(file, column).Values));

    [Fact]
    public void What_is_repeated_or_blank_is_left_out_and_counted()
    {
        var read = Read("Anna\n\nBert\nAnna\n  \n Bert ", "customer");

        Assert.Equal(["Anna", "Bert"], read.Values);
        Assert.Equal("2 values were taken from people.csv. Left out as repeated: 2. Left out as blank: 2.", read.Words("people.csv"));
    }

    [Theory]
    [InlineData("due", "2026-01-31\nsoon", "Line 2: Give a date such as 2026-01-31. Nothing was taken.")]
    [InlineData("status", "status\nnew\n\nold", "Line 4: Give one of: new, paid, shipped. Nothing was taken.")]
    [InlineData("due", "soon2\n2026-01-31", "Line 1: Give a date such as 2026-01-31. Nothing was taken.")]
    [InlineData("customer", "Anna\n\"two\nlines\"", "Line 2: A value holds a line break, which no value of a list can. Nothing was taken.")]
    [InlineData("customer", "\n\n", "The file holds no value.")]
    [InlineData("customer", "", "The file holds no value.")]
    public void A_file_that_does_not_suit_says_where(string column, string file, string fault)
    {
        var read = Read(file, column);

        Assert.Equal(fault, read.Fault);
        Assert.Empty(read.Values);
    }

    [Fact]
    public void What_is_no_text_in_UTF_8_is_not_taken()
    {
        Assert.Equal("The file is not text in UTF-8, so nothing was taken. Save it as “CSV UTF-8” and choose it again.", Read(Encoding.Latin1.GetBytes("Zoë\nAnna\n"), "customer").Fault);
        Assert.Equal(["Zoë"], Read(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("Zoë\n")).ToArray(), "customer").Values);
    }

    [Fact]
    public void A_hundred_thousand_values_are_taken_and_one_more_is_refused()
    {
        static string Lines(int count) => string.Join('\n', Enumerable.Range(0, count).Select(n => n.ToString("x8", CultureInfo.InvariantCulture)));

        Assert.Equal(100_000, Read(Lines(100_000), "customer").Values.Count);
        Assert.Equal("The file holds more than 100,000 values, which is the most. Nothing was taken.", Read(Lines(100_001), "customer").Fault);
    }

    [Fact]
    public void A_quotation_mark_left_open_does_not_fill_the_memory() =>
        Assert.NotNull(Read("Anna\n\"" + new string('x', 3_000_000), "customer").Fault);

    private static ValueFile Read(string file, string column) => Read(Encoding.UTF8.GetBytes(file), column);

    private static ValueFile Read(byte[] file, string column) => ValueFile.Read(new MemoryStream(file), Sample.Dataset.Find(column)!);
}
