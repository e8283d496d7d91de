using ExportHub.Pages.Request;

namespace ExportHub.Tests.Pages.Request;

public sealed class FormErrorsTests
{
    [Theory]
    [InlineData("columns", "columns")]
    [InlineData("columns[3]", "columns")]
    [InlineData("filters[2].value", "filter-2-value")]
    [InlineData("filters[2].value[17]", "filter-2-value")]
    [InlineData("filters[10].op", "filter-10-op")]
    [InlineData("filters[0].column", "filter-0-op")]
    [InlineData("filters", "add-filter")]
    [InlineData("dateRange", "dates")]
    [InlineData("dateRange.from", "from")]
    [InlineData("dateRange.to", "until")]
    [InlineData("sort[1].column", "sort-1")]
    [InlineData("limit", "limit")]
    [InlineData("timeZone", "time-zone")]
    [InlineData("options.delimiter", "delimiter")]
    [InlineData("options.formulaGuard", "formula-guard")]
    [InlineData("options.lineEnd", "line-end")]
    [InlineData("options.dateFormat", "date-format")]
    [InlineData("options.bom", "bom")]
    [InlineData("dataset", null)]
    [InlineData("filters[x].value", null)]
    [InlineData("", null)]
    public void An_error_of_the_API_stands_beside_its_field(string key, string? field) => Assert.Equal(field, FormErrors.FieldOf(key));

    [Fact]
    public void The_form_speaks_first_and_once()
    {
        var errors = new FormErrors();
        errors.Add("dateRange.from", "Choose a first day.");
        errors.Add("dateRange.from", "Choose a first day.");
        errors.AddWhereNone("dateRange", "Give from, to or relative.");
        errors.AddWhereNone("limit", "Give a number of rows.");

        Assert.Equal([new FormError("from", "Choose a first day."), new FormError("limit", "Give a number of rows.")], errors.All);
        Assert.Null(errors.For("dates"));
    }

    [Fact]
    public void They_are_listed_from_the_top_of_the_page_to_its_bottom()
    {
        var errors = new FormErrors();
        foreach (var key in new[] { "options.delimiter", "limit", "dateRange.to", "filters[1].value", "columns", "" })
        {
            errors.Add(key, "Wrong.");
        }

        Assert.Equal([null, "columns", "filter-1-value", "until", "limit", "delimiter"], errors.All.Select(error => error.Field));
    }
}
