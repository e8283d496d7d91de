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

    [Theory]
    [InlineData("dd.MM.yyyy", "05.01.2026")]
    [InlineData("d.M.yyyy", "5.1.2026")]
    [InlineData("M/d/yyyy", "1/5/2026")]
    [InlineData("yyyyMMdd", "20260105")]
    [InlineData("yyyy dd-MM", "2026 05-01")]
    [InlineData("d. MM yyyy", "5. 01 2026")]
    public void A_pattern_that_is_given_is_followed(string pattern, string date)
    {
        using var buffer = new FileBuffer();

        DatePattern.Parse(pattern)!.Write(new CivilDate(2026, 1, 5), buffer);

        Assert.Equal(date, Encoding.UTF8.GetString(buffer.From(0)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("dd.MM")]
    [InlineData("dd.MM.yy")]
    [InlineData("dd.MM.yyyy.MM")]
    [InlineData("dd.mm.yyyy")]
    [InlineData("ddMyyyy")]
    [InlineData("dMMyyyy")]
    [InlineData("ddd.MM.yyyy")]
    [InlineData("dd,MM,yyyy")]
    [InlineData("=dd.MM.yyyy")]
    [InlineData("dd............MM.yyyy")]
    [InlineData("dd.MM.yyyy.yyyy")]
    public void A_pattern_that_would_lose_or_blur_a_part_is_refused(string pattern) => Assert.Null(DatePattern.Parse(pattern));
}
