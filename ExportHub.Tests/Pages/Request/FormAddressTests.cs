using ExportHub.Pages.Request;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace ExportHub.Tests.Pages.Request;

public sealed class FormAddressTests
{
    [Fact]
    public void A_first_visit_has_the_plain_address() => Assert.Equal("/request/orders", FormAddress.Of(RequestForm.For(Sample.Dataset), Sample.Dataset));

    [Theory]
    [InlineData("columns=customer,id")]
    [InlineData("columns=")]
    [InlineData("filter=status in paid|shipped")]
    [InlineData("filter=customer eq a\\|b\\\\c & d=e")]
    [InlineData("filter=id between 1|5&anyA=gift eq true&anyA=due isNull")]
    [InlineData("filter=ordered_at lt 2026-01-31T14:30")]
    [InlineData("dateColumn=due&period=previous_month&timeZone=Europe/Berlin")]
    [InlineData("dateColumn=ordered_at&firstDay=2026-01-01&lastDay=2026-01-31")]
    [InlineData("sort=customer desc&sort=id&limit=500")]
    [InlineData("format=csv&profile=machine&delimiter=tab&header=name&nullText=\\N&quote=all&lineEnd=lf&bom=true&decimal=,&dateFormat=iso&compression=gzip&rowsPerFile=5000&formulaGuard=false")]
    public void What_the_address_says_comes_into_the_form_and_out_again(string query)
    {
        var asked = Query(query);
        var form = RequestForm.For(Sample.Dataset);

        Assert.Empty(FormAddress.Fill(form, Sample.Dataset, asked));
        var written = FormAddress.Of(form, Sample.Dataset)!;

        Assert.Equal(asked.OrderBy(part => part.Key), Parse(written[written.IndexOf('?')..]).OrderBy(part => part.Key));
    }

    [Fact]
    public void What_cannot_be_used_is_named_and_the_rest_is_taken()
    {
        var form = RequestForm.For(Sample.Dataset);

        var unused = FormAddress.Fill(
            form, Sample.Dataset, Query("columns=id,nothing&filter=nothing eq 1&filter=customer rhymes x&filter=id gt 5&sort=nothing&dateColumn=id&limit=7&colour=red&<b>=1&anyQQ=id isNull"));

        Assert.Equal(
            [
                "1 column that this dataset does not have", "a date that this dataset does not have", "a filter on Customer", "a filter on a column that this dataset does not have",
                "a part without a name that is known", "a sort by what cannot be sorted by", "“anyQQ”", "“colour”",
            ],
            unused.Order(StringComparer.Ordinal));
        Assert.Equal(["id"], form.Columns);
        Assert.Equal(("id", "gt", "5"), (form.Filters.Single().Column, form.Filters[0].Op, form.Filters[0].Value));
        Assert.Equal("7", form.Limit);
    }

    [Fact]
    public void A_long_list_does_not_fit()
    {
        var form = RequestForm.For(Sample.Dataset);
        form.Filters.Add(new FilterRow { Column = "customer", Op = "in", Lines = string.Join('\n', Enumerable.Range(0, 2_000)) });

        Assert.Null(FormAddress.Of(form, Sample.Dataset));
    }

    private static QueryCollection Query(string readable) =>
        Parse("?" + string.Join('&', readable.Split('&', StringSplitOptions.None).Select(part => part.Split('=', 2)).Aggregate(new List<string>(), Join)));

    /// <summary>A part without a name belongs to the value before it, which has an ampersand in it.</summary>
    private static List<string> Join(List<string> parts, string[] part)
    {
        if (part[0].StartsWith(' '))
        {
            parts[^1] += Uri.EscapeDataString("&" + string.Join('=', part));
        }
        else
        {
            parts.Add($"{Uri.EscapeDataString(part[0])}={Uri.EscapeDataString(part[1])}");
        }

        return parts;
    }

    private static QueryCollection Parse(string query) => new(QueryHelpers.ParseQuery(query));
}
