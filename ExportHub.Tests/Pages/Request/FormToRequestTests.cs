using ExportHub.Datasets;
using ExportHub.Pages.Request;

namespace ExportHub.Tests.Pages.Request;

public sealed class FormToRequestTests
{
    [Fact]
    public void The_first_form_asks_for_all_columns_in_an_Excel_file()
    {
        var request = FormToRequest.Read(RequestForm.For(Sample.Dataset), Sample.Dataset);

        Assert.Equal(["id", "ordered_at", "customer", "status", "gift", "due"], request.Columns!);
        Assert.Equal("xlsx", request.Format);
        Assert.Null(request.DateRange);
        Assert.Null(request.Limit);
        Assert.Null(request.Options!.Profile);
    }

    [Fact]
    public void The_last_day_of_a_range_is_included()
    {
        var form = RequestForm.For(Sample.Dataset);
        (form.Dates, form.From, form.Until) = ("range", "2026-01-01", "2026-01-31");

        Assert.Equal(new DateRangeRequest("ordered_at", "2026-01-01", "2026-02-01"), FormToRequest.Read(form, Sample.Dataset).DateRange);
    }

    [Fact]
    public void A_relative_range_leaves_typed_days_out()
    {
        var form = RequestForm.For(Sample.Dataset);
        (form.Dates, form.From, form.Relative) = ("relative", "2026-01-01", "previous_month");

        Assert.Equal(new DateRangeRequest("ordered_at", Relative: "previous_month"), FormToRequest.Read(form, Sample.Dataset).DateRange);
    }

    [Theory]
    [InlineData("eq", "5", null, null, "\"5\"")]
    [InlineData("between", "5", "9", null, "[\"5\",\"9\"]")]
    [InlineData("in", null, null, "5\r\n 6 \n\n7", "[\"5\",\"6\",\"7\"]")]
    [InlineData("in", "5", null, null, "[\"5\"]")]
    [InlineData("eq", null, null, "5\n6", "\"5\"")]
    public void The_operator_decides_which_inputs_count(string op, string? value, string? upper, string? lines, string json)
    {
        var filter = Read(new FilterRow { Column = "id", Op = op, Value = value, Upper = upper, Lines = lines });

        Assert.Equal(json, filter.Value!.Value.GetRawText());
    }

    [Fact]
    public void A_filter_on_emptiness_has_no_value() =>
        Assert.Null(Read(new FilterRow { Column = "id", Op = "isNull", Value = "5" }).Value);

    [Fact]
    public void A_day_with_a_time_of_day_is_a_moment_and_without_one_a_day()
    {
        Assert.Equal("\"2026-01-31T14:30\"", Read(new FilterRow { Column = "ordered_at", Op = "lt", Value = "2026-01-31", Time = "14:30" }).Value!.Value.GetRawText());
        Assert.Equal("\"2026-01-31\"", Read(new FilterRow { Column = "ordered_at", Op = "lt", Value = "2026-01-31" }).Value!.Value.GetRawText());
    }

    [Fact]
    public void Options_of_another_format_are_left_out()
    {
        var form = RequestForm.For(Sample.Dataset);
        (form.Format, form.Profile, form.Culture, form.Delimiter, form.Header) = ("csv", "machine", "de-DE", "tab", "title");

        var csv = FormToRequest.Read(form, Sample.Dataset).Options!;
        form.Format = "json";
        var json = FormToRequest.Read(form, Sample.Dataset).Options!;

        Assert.Equal(("machine", "\t", "title"), (csv.Profile, csv.Delimiter, csv.Header));
        Assert.Null(csv.Culture);
        Assert.Equal((null, null, null, null), (json.Profile, json.Delimiter, json.Header, json.FormulaGuard));
    }

    private static FilterRequest Read(FilterRow row)
    {
        var form = RequestForm.For(Sample.Dataset);
        form.Filters.Add(row);
        return Assert.Single(FormToRequest.Read(form, Sample.Dataset).Filters!);
    }
}
