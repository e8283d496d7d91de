using System.Globalization;
using System.Text;
using ExportHub.Formats;
using ExportHub.Formats.Cells;

namespace ExportHub.Tests.Formats.Cells;

public sealed class DatePatternTests
{
    [Theory]
    [InlineData("de-DE", "03.02.2026")]
    [InlineData("en-US", "2/3/2026")]
    [InlineData("en-GB", "03/02/2026")]
    [InlineData("hu-HU", "2026. 02. 03.")]
    [InlineData("ja-JP", "2026/02/03")]
    public void A_date_has_the_short_form_of_the_culture(string culture, string text)
    {
        Assert.Equal(text, Write(culture, new CivilDate(2026, 2, 3)));
    }

    [Theory]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    [InlineData("bg-BG")]
    public void A_culture_with_another_calendar_or_words_in_its_dates_gets_ISO(string culture)
    {
        Assert.Equal("2026-02-03", Write(culture, new CivilDate(2026, 2, 3)));
    }

    [Fact]
    public void Every_culture_has_dates_that_keep_day_month_and_year()
    {
        foreach (var culture in CultureInfo.GetCultures(CultureTypes.SpecificCultures))
        {
            var text = Write(culture.Name, new CivilDate(2026, 2, 13));
            var numbers = text.Split([.. "./- "], StringSplitOptions.RemoveEmptyEntries).Select(part => int.Parse(part, CultureInfo.InvariantCulture));
            Assert.True(numbers.Order().SequenceEqual([2, 13, 2026]), $"{culture.Name}: {text}");
        }
    }

    private static string Write(string culture, CivilDate date)
    {
        using var buffer = new FileBuffer();
        DatePattern.Of(CultureInfo.GetCultureInfo(culture)).Write(date, buffer);
        return Encoding.UTF8.GetString(buffer.From(0));
    }
}
