using System.Text.Json;
using ExportHub.Datasets;

namespace ExportHub.Tests.Datasets;

public sealed class FilterValueTests
{
    private const string WholeInt = "Give a whole number from -2,147,483,648 to 2,147,483,647.";
    private const string Number = "Give a number such as 1234.5, with 1,000 digits at most.";
    private const string Float = "Give a number such as 1234.5, of about 3.4e38 at most.";
    private const string Point = "Give a date such as 2026-01-31 or a time such as 2026-01-31T14:30:00 or 2026-01-31T14:30:00+01:00.";
    private const string Text = "Give a text in quotes.";
    private const string Interval = "Give an interval such as P1DT2H30M or 1 day 02:30:00.";

    [Theory]
    [InlineData("id eq \"abc\"", WholeInt)]
    [InlineData("id eq 1.5", WholeInt)]
    [InlineData("id eq 1e3", WholeInt)]
    [InlineData("id eq 2147483648", WholeInt)]
    [InlineData("id eq true", WholeInt)]
    [InlineData("id eq null", WholeInt)]
    [InlineData("id eq", WholeInt)]
    [InlineData("id eq [1]", WholeInt)]
    [InlineData("id eq {}", WholeInt)]
    [InlineData("id eq \" 1\"", WholeInt)]
    [InlineData("id eq \"٣\"", WholeInt)]
    [InlineData("big eq 9223372036854775808", "Give a whole number from -9,223,372,036,854,775,808 to 9,223,372,036,854,775,807.")]
    [InlineData("amount eq \"1,5\"", Number)]
    [InlineData("amount eq \"\"", Number)]
    [InlineData("amount eq \".\"", Number)]
    [InlineData("amount eq \"0x10\"", Number)]
    [InlineData("amount eq \"1_000\"", Number)]
    [InlineData("amount eq 1e1001", Number)]
    [InlineData("amount eq \"1\\u0000\"", Number)]
    [InlineData("weight eq 1e39", Float)]
    [InlineData("weight eq 1e-60", Float)]
    [InlineData("weight eq \"one\"", Float)]
    [InlineData("paid eq \"yes\"", "Give true or false.")]
    [InlineData("paid eq 1", "Give true or false.")]
    [InlineData("shipped_on eq \"31.01.2026\"", "Give a date such as 2026-01-31.")]
    [InlineData("shipped_on eq \"2026-02-29\"", "Give a date such as 2026-01-31.")]
    [InlineData("shipped_on eq \"infinity\"", "Give a date such as 2026-01-31.")]
    [InlineData("shipped_on eq 20260131", Text)]
    [InlineData("ordered_at eq \"yesterday\"", Point)]
    [InlineData("ordered_at eq \"2026-01-31T25:00\"", Point)]
    [InlineData("ordered_at eq \"2026-01-31T10:00:00.1234567\"", Point)]
    [InlineData("ordered_at eq \"2026-01-31T10:00+99:00\"", Point)]
    [InlineData("ordered_at eq \"0001-01-01T00:00+14:00\"", Point)]
    [InlineData("ordered_at in [\"2026-01-31\", \"2026-01-31T10:00\"]", "Give either dates or times, not some of each.")]
    [InlineData("opens eq \"8:00\"", "Give a time such as 14:30 or 14:30:00.")]
    [InlineData("opens eq \"24:00\"", "Give a time such as 14:30 or 14:30:00.")]
    [InlineData("lasts eq \"soon\"", Interval)]
    [InlineData("lasts eq \"\"", Interval)]
    [InlineData("lasts eq \"P\"", Interval)]
    [InlineData("lasts eq \"P1DT\"", Interval)]
    [InlineData("lasts eq \"1 day; SELECT 1\"", Interval)]
    [InlineData("lasts eq \"P9999999999D\"", Interval)]
    [InlineData("ref eq \"{0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a}\"", "Give a UUID such as 0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a.")]
    [InlineData("status eq \"lost\"", "Give one of: new, paid, shipped.")]
    [InlineData("status in [\"new\", \"Paid\"]", "Value 2: Give one of: new, paid, shipped.")]
    [InlineData("note eq 5", Text)]
    [InlineData("note eq \"a\\u0000b\"", "The text holds a NUL character, which no text in PostgreSQL can hold.")]
    [InlineData("note contains \"\\u0000\"", "The text holds a NUL character, which no text in PostgreSQL can hold.")]
    [InlineData("note in [\"a\", \"\\u0000\"]", "Value 2: The text holds a NUL character, which no text in PostgreSQL can hold.")]
    [InlineData("note eq \"\\ud800\"", Text)]
    [InlineData("id eq \"\\ud800\"", WholeInt)]
    [InlineData("note contains \"\"", "Give at least one character.")]
    [InlineData("id between 5", "Give an array of two values, the lower one first.")]
    [InlineData("id between [1]", "Give an array of two values, the lower one first.")]
    [InlineData("id between [1, 2, 3]", "Give an array of two values, the lower one first.")]
    [InlineData("id between [1, null]", "Value 2: " + WholeInt)]
    [InlineData("id between [2, 1]", "The first value must not be greater than the second.")]
    [InlineData("amount between [\"1e3\", \"999.99\"]", "The first value must not be greater than the second.")]
    [InlineData("amount between [-1, -1.0001]", "The first value must not be greater than the second.")]
    [InlineData("weight between [0.5, 0.25]", "The first value must not be greater than the second.")]
    [InlineData("opens between [\"12:00\", \"11:59\"]", "The first value must not be greater than the second.")]
    [InlineData("shipped_on between [\"2026-02-01\", \"2026-01-31\"]", "The first value must not be greater than the second.")]
    [InlineData("ordered_at between [\"2026-01-31T10:00Z\", \"2026-01-31T10:30+01:00\"]", "The first value must not be greater than the second.")]
    [InlineData("id in []", "Give an array of 1 to 100,000 values.")]
    [InlineData("id in 5", "Give an array of 1 to 100,000 values.")]
    [InlineData("id isNull 5", "isNull takes no value.")]
    public void A_value_that_does_not_fit_is_refused_with_what_would(string filter, string sentence) =>
        Assert.Equal(("filters[0].value", sentence), Assert.Single(Bench.Faults(Shop.Dataset, Request(filter))));

    [Theory]
    [InlineData("id contains \"x\"", "Column id takes: eq, ne, lt, lte, gt, gte, between, in, notIn, isNull, isNotNull.")]
    [InlineData("id like \"x\"", "Column id takes: eq, ne, lt, lte, gt, gte, between, in, notIn, isNull, isNotNull.")]
    [InlineData("id EQ 1", "Column id takes: eq, ne, lt, lte, gt, gte, between, in, notIn, isNull, isNotNull.")]
    [InlineData("paid lt true", "Column paid takes: eq, ne, isNull, isNotNull.")]
    [InlineData("status lt \"new\"", "Column status takes: eq, ne, in, notIn, isNull, isNotNull.")]
    [InlineData("bytes eq \"x\"", "Column bytes takes: isNull, isNotNull.")]
    [InlineData("doc eq \"x\"", "Column doc takes: contains, isNull, isNotNull.")]
    public void An_operator_that_does_not_fit_is_refused_with_those_that_do(string filter, string sentence) =>
        Assert.Equal(("filters[0].op", sentence), Assert.Single(Bench.Faults(Shop.Dataset, Request(filter))));

    [Theory]
    [InlineData("id eq \"+007\"", "7")]
    [InlineData("id eq -5", "-5")]
    [InlineData("amount eq 0.10", "0.10")]
    [InlineData("amount eq \".5\"", ".5")]
    [InlineData("amount between [\"-1e500\", \"1e500\"]", "-1e500|1e500")]
    [InlineData("paid eq \"true\"", "true")]
    [InlineData("opens eq \"08:00\"", "08:00:00")]
    [InlineData("ref eq \"0198C5A2-7F3E-7C1D-9A4B-2F6E8D0C1B3A\"", "0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a")]
    [InlineData("ordered_at eq \"2026-07-01T10:00:00.5Z\"", "2026-07-01T12:00:00.5+02:00")]
    [InlineData("ordered_at eq \"2026-07-01 10:00\"", "2026-07-01T10:00:00+02:00")]
    [InlineData("id isNull null", "")]
    [InlineData("note between [\"z\", \"a\"]", "z|a")]
    public void A_value_that_fits_becomes_canonical(string filter, string values) =>
        Assert.Equal(values, string.Join('|', Settle(filter).Values));

    [Theory]
    [InlineData("ordered_at lte \"2026-03-29\"", "2026-03-29T00:00:00+01:00", "2026-03-30T00:00:00+02:00")]
    [InlineData("ordered_at eq \"9999-12-31\"", "9999-12-31T00:00:00+01:00", "10000-01-01T00:00:00+01:00")]
    [InlineData("made_at eq \"9999-12-31\"", "9999-12-31T00:00:00", "10000-01-01T00:00:00")]
    [InlineData("made_at eq \"2026-03-29\"", "2026-03-29T00:00:00", "2026-03-30T00:00:00")]
    public void A_day_on_a_point_in_time_column_is_all_of_it(string filter, string start, string end)
    {
        var settled = Settle(filter);

        Assert.True(settled.WholeDays);
        Assert.Equal([start], settled.Values);
        Assert.Equal([end], settled.DayEnds);
    }

    [Fact]
    public void A_list_may_hold_ten_thousand_values_and_a_text_ten_thousand_characters()
    {
        Assert.Equal(100_000, Settle($"id in {JsonSerializer.Serialize(Enumerable.Range(1, 100_000))}").Values.Count);
        Assert.Single(Bench.Faults(Shop.Dataset, Request($"id in {JsonSerializer.Serialize(Enumerable.Range(1, 100_001))}")));
        Assert.Equal(new string('x', 10_000), Settle($"note eq \"{new string('x', 10_000)}\"").Values[0]);
        Assert.Equal(
            "Give a text of 10,000 characters at most.",
            Assert.Single(Bench.Faults(Shop.Dataset, Request($"note contains \"{new string('x', 10_001)}\""))).Said);
    }

    private static Filter Settle(string filter) => Assert.Single(Bench.Settle(Shop.Dataset, Json(filter)).Filters);

    private static CriteriaRequest Request(string filter) => Bench.Request(Json(filter));

    private static string Json(string filter)
    {
        var parts = filter.Split(' ', 3);
        var value = parts.Length > 2 ? $", \"value\": {parts[2]}" : "";
        return $$"""{ "filters": [ { "column": "{{parts[0]}}", "op": "{{parts[1]}}"{{value}} } ], "timeZone": "Europe/Berlin" }""";
    }
}
