using ExportHub.Pages.Request;

namespace ExportHub.Tests.Pages.Request;

public sealed class FormGroupsTests
{
    [Fact]
    public void Filters_of_a_group_stand_together_behind_those_that_must_be_met()
    {
        var form = Form(("id", "B"), ("customer", null), ("status", "A"), ("gift", "A"), ("due", "nonsense"));

        Assert.Equal(["customer", "due", "status", "gift", "id"], form.Filters.Select(row => row.Column));
        Assert.Equal(["filters[0]", "filters[1]", "filters[2].any[0]", "filters[2].any[1]", "filters[3].any[0]"], FormGroups.Places(form.Filters));
        Assert.Equal(["A", "B", "C"], FormGroups.Offered(form.Filters));
    }

    [Fact]
    public void A_group_is_sent_as_one_filter()
    {
        var filters = FormToRequest.Read(Form(("id", null), ("status", "A"), ("gift", "A")), Sample.Dataset).Filters!;

        Assert.Equal(["id", null], filters.Select(filter => filter.Column));
        Assert.Equal(["status", "gift"], filters[1].Any!.Select(filter => filter.Column));
    }

    [Theory]
    [InlineData("filters[0].value", "filter-0-value")]
    [InlineData("filters[1].any[1].op", "filter-2-op")]
    [InlineData("filters[1].any[0].value[3]", "filter-1-value")]
    [InlineData("filters[1]", "filter-1-op")]
    public void A_fault_in_a_group_stands_beside_its_filter(string key, string field) =>
        Assert.Equal(field, FormErrors.FieldOf(key, FormGroups.Places(Form(("id", null), ("status", "A"), ("gift", "A")).Filters)));

    private static RequestForm Form(params (string Column, string? Group)[] filters)
    {
        var form = RequestForm.For(Sample.Dataset);
        form.Filters = [.. filters.Select(filter => new FilterRow { Column = filter.Column, Op = "isNull", Group = filter.Group })];
        form.Tidy(Sample.Dataset);
        return form;
    }
}
