using System.Globalization;
using System.Text.Json;
using ExportHub.Datasets;
using ExportHub.Exports;
using ExportHub.Formats;
using ExportHub.Language;
using ExportHub.Pages.Parts;
using ExportHub.Pages.Words;
using ExportHub.Tests.Datasets;
using ExportHub.Tests.Pages.Parts;
using Microsoft.AspNetCore.Components;

namespace ExportHub.Tests.Language;

public sealed class TextTests
{
    [Theory]
    [InlineData("en", "1 row", "250,000 rows", "9.1 MB", "820 bytes", "3rd", "12th")]
    [InlineData("de", "1 Zeile", "250.000 Zeilen", "9,1 MB", "820 Byte", "3.", "12.")]
    [InlineData("de-AT", "1 Zeile", "250.000 Zeilen", "9,1 MB", "820 Byte", "3.", "12.")]
    [InlineData("fr", "1 row", "250,000 rows", "9.1 MB", "820 bytes", "3rd", "12th")]
    public void Numbers_are_written_as_the_reader_does(string language, string one, string many, string size, string bytes, string third, string twelfth) => In(language, () =>
    {
        Assert.Equal((one, many), (Quantity.Rows(1), Quantity.Rows(250_000)));
        Assert.Equal((size, bytes), (Quantity.Size(9_123_411), Quantity.Size(820)));
        Assert.Equal((third, twelfth), (Quantity.Ordinal(3), Quantity.Ordinal(12)));
        return 0;
    });

    [Theory]
    [InlineData("en", "about 3 minutes", "3 min 5 s")]
    [InlineData("de", "etwa 3 Minuten", "3 min 5 s")]
    public void Durations_are_said_in_the_language_of_the_reader(string language, string about, string exactly) =>
        Assert.Equal((about, exactly), In(language, () => (Duration.About(170), Duration.Exactly(TimeSpan.FromSeconds(185)))));

    [Theory]
    [InlineData("en", "7 Mar 2026, 14:05 UTC")]
    [InlineData("de", "07.03.2026, 14:05 UTC")]
    public async Task A_moment_is_written_as_the_reader_does(string language, string words)
    {
        var html = await In(language, () => Drawn.AsHtmlAsync<When>(("At", new DateTimeOffset(2026, 3, 7, 14, 5, 0, TimeSpan.Zero))));

        Assert.Equal(words, html.TextContent.Trim());
    }

    [Fact]
    public async Task A_part_of_a_sentence_stands_where_the_language_wants_it()
    {
        RenderFragment Words(string text) => builder => builder.AddContent(0, text);

        var html = await In("de", () => Drawn.AsHtmlAsync<Sentence>(
            ("Of", "It is exactly what ExportHub wrote on {0} for {1}."), ("ChildContent", Words("Montag")), ("Second", Words("Anna"))));

        Assert.Equal("Sie ist genau das, was ExportHub am Montag für Anna geschrieben hat.", html.TextContent);
    }

    [Fact]
    public void What_was_stored_in_English_is_recalled_with_what_was_filled_in()
    {
        var stored = Failure.Of(new RowCountException(1_284_332, 12)).Message;

        Assert.Equal("Die Datei wurde verworfen, weil sie nicht vollständig war: 1284332 Zeilen wurden gezählt und 12 geschrieben.", In("de", () => Text.Recall(stored)));
        Assert.Equal(stored, In("en", () => Text.Recall(stored)));
    }

    [Fact]
    public void A_remark_is_recalled_with_its_number_and_its_column()
    {
        var stored = Assert.Single(Remarks.Sentences([new Remark(RemarkKind.LosesZeros, "plz", "PLZ {0} $1", 1_203)]));

        Assert.Equal(
            "„PLZ {0} $1“: 1.203 Werte verlören ihre führenden Nullen, wenn diese Datei per Doppelklick geöffnet wird; stattdessen das Format Excel nehmen.",
            In("de", () => Text.Recall(stored)));
    }

    [Theory]
    [InlineData("en", "Ordered at previous month: from 2026-05-01 up to, not including, 2026-06-01 (UTC)", "Shipped on is 2026-01-31 or earlier", "Status is paid or new")]
    [InlineData("de", "Ordered at voriger Monat: von 01.05.2026 bis vor 01.06.2026 (UTC)", "Shipped on ist 31.01.2026 oder früher", "Status ist paid oder new")]
    public void Criteria_are_said_in_the_language_of_the_reader(string language, string range, string day, string status) => Assert.Equal([range, day, status], In(language, () =>
    {
        var criteria = Bench.Settle(Shop.Dataset, """
            {
              "dateRange": { "relative": "previous_month" },
              "filters": [ { "column": "shipped_on", "op": "lte", "value": "2026-01-31" }, { "column": "status", "op": "in", "value": ["paid", "new"] } ]
            }
            """);
        return CriteriaWords.Describe(new DatasetDefinition { Name = "orders" }, criteria).Skip(1);
    }));

    [Fact]
    public void A_text_that_looks_like_a_date_is_shown_as_it_is()
    {
        var filter = new Filter("note", "eq", ["2026-01-31"]);

        Assert.Equal("ist 2026-01-31", In("de", () => FilterWords.Predicate(filter, ofDates: false)));
    }

    [Theory]
    [InlineData("en", "Give a whole number from -32,768 to 32,767.")]
    [InlineData("de", "Eine ganze Zahl von -32.768 bis 32.767 angeben.")]
    public void A_check_says_what_is_allowed_in_the_language_of_the_reader(string language, string allowed) =>
        Assert.Equal(allowed, In(language, () =>
        {
            NumberValue.Parse("int2", JsonSerializer.SerializeToElement("much"), out var said);
            return said;
        }));

    [Theory]
    [InlineData("A sentence of nobody.")]
    [InlineData("")]
    [InlineData("No rows matched the criteria; .")]
    public void What_is_not_known_is_shown_as_it_is(string sentence) => Assert.Equal(sentence, In("de", () => Text.Recall(sentence)));

    /// <summary>The language is that of this call only.</summary>
    private static T In<T>(string language, Func<T> act)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            return act();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
