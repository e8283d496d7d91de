using ExportHub.Pages.Request;

namespace ExportHub.Tests.Pages.Request;

public sealed class FormEditTests
{
    [Theory]
    [InlineData("up:customer", "id,customer,ordered_at,status,gift,due")]
    [InlineData("down:id", "ordered_at,id,customer,status,gift,due")]
    [InlineData("up:id", "id,ordered_at,customer,status,gift,due")]
    [InlineData("down:due", "id,ordered_at,customer,status,gift,due")]
    [InlineData("up:nonsense", "id,ordered_at,customer,status,gift,due")]
    [InlineData("none", "")]
    public void A_button_changes_the_columns(string act, string columns)
    {
        var form = RequestForm.For(Sample.Dataset);

        Assert.True(FormEdit.Apply(form, Sample.Dataset, act));
        Assert.Equal(columns, string.Join(',', form.Columns));
    }

    [Fact]
    public void A_filter_is_added_on_the_chosen_column_and_removed_by_its_place()
    {
        var form = RequestForm.For(Sample.Dataset);
        form.AddFilter = "status";

        FormEdit.Apply(form, Sample.Dataset, "add-filter");
        Assert.Equal(("status", "eq"), (Assert.Single(form.Filters).Column, form.Filters[0].Op));

        FormEdit.Apply(form, Sample.Dataset, "remove-filter:7");
        Assert.Single(form.Filters);
        FormEdit.Apply(form, Sample.Dataset, "remove-filter:0");
        Assert.Empty(form.Filters);
    }

    [Theory]
    [InlineData("export")]
    [InlineData(null)]
    public void Anything_else_is_the_request_itself(string? act) =>
        Assert.False(FormEdit.Apply(RequestForm.For(Sample.Dataset), Sample.Dataset, act));

    [Fact]
    public void Columns_that_are_unknown_or_named_twice_do_not_get_into_the_order()
    {
        var form = new RequestForm { Order = ["due", "nonsense", "due", "id"], Columns = ["id", "nonsense", "due"] };

        form.Tidy(Sample.Dataset);

        Assert.Equal(["due", "id", "ordered_at", "customer", "status", "gift"], form.Order);
        Assert.Equal(["due", "id"], form.Columns);
    }
}
