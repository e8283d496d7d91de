using ExportHub.Pages.Request;

namespace ExportHub.Tests.Pages.Request;

public sealed class FormCheckTests
{
    [Fact]
    public void A_form_that_is_complete_has_no_fault() => Assert.Empty(Find(_ => { }));

    [Fact]
    public void No_column_is_a_fault() => Assert.Equal(["columns"], Find(form => form.Columns = []).Keys);

    [Theory]
    [InlineData("eq", null, null, "Give a value for Id.")]
    [InlineData("in", null, null, "Give at least one value for Id.")]
    [InlineData("between", "1", null, "Give both values for Id.")]
    [InlineData("eq", null, "14:30", "Choose the day for Id as well.")]
    public void A_filter_without_its_value_is_a_fault(string op, string? value, string? time, string sentence)
    {
        var faults = Find(form => form.Filters.Add(new FilterRow { Column = "id", Op = op, Value = value, Time = time }));

        Assert.Equal(sentence, faults["filters[0].value"]);
    }

    [Fact]
    public void A_range_needs_a_day_and_may_be_one_day_long()
    {
        Assert.Equal(["dateRange.from"], Find(form => form.Dates = "range").Keys);
        Assert.Equal(["dateRange.to"], Find(form => (form.Dates, form.From, form.Until) = ("range", "2026-02-01", "2026-01-31")).Keys);
        Assert.Empty(Find(form => (form.Dates, form.From, form.Until) = ("range", "2026-02-01", "2026-02-01")));
    }

    [Theory]
    [InlineData("many", 1)]
    [InlineData("1.5", 1)]
    [InlineData("50,000", 0)]
    public void A_number_of_rows_is_a_whole_number(string limit, int faults) => Assert.Equal(faults, Find(form => form.Limit = limit).Count);

    private static Dictionary<string, string> Find(Action<RequestForm> change)
    {
        var form = RequestForm.For(Sample.Dataset);
        change(form);
        var faults = new Dictionary<string, string>(StringComparer.Ordinal);
        FormCheck.Find(form, Sample.Dataset, faults.Add);
        return faults;
    }
}
