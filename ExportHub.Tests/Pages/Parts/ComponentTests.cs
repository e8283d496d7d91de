using ExportHub.Pages.Parts;
using ExportHub.Pages.Request;

namespace ExportHub.Tests.Pages.Parts;

public sealed class ComponentTests
{
    [Fact]
    public async Task A_badge_says_its_status_in_words_and_hides_its_sign()
    {
        var html = await Drawn.AsHtmlAsync<StatusBadge>(("Look", "completed"), ("Name", "Ready"));

        Assert.Equal("Ready", html.TextContent.Trim());
        Assert.Equal("true", html.QuerySelector("svg")!.GetAttribute("aria-hidden"));
    }

    [Theory]
    [InlineData(44, "44", "44 %")]
    [InlineData(null, null, "")]
    public async Task Progress_without_a_percentage_is_indeterminate(int? percent, string? value, string text)
    {
        var html = await Drawn.AsHtmlAsync<Progress>(("Percent", percent), ("Detail", "5 of 10 rows"));

        Assert.Equal(value, html.QuerySelector("progress")!.GetAttribute("value"));
        Assert.Equal(text, html.QuerySelector("strong")!.TextContent);
    }

    [Fact]
    public async Task An_error_with_a_field_links_to_it_and_hostile_text_stays_text()
    {
        FormError[] errors = [new("limit", "<script>alert(1)</script>"), new(null, "The database does not answer.")];

        var html = await Drawn.AsHtmlAsync<ErrorSummary>(("Errors", errors));

        Assert.Equal("#limit", Assert.Single(html.QuerySelectorAll("a")).GetAttribute("href"));
        Assert.Empty(html.QuerySelectorAll("script"));
        Assert.Equal("There are 2 problems", html.QuerySelector("h2")!.TextContent);
    }

    [Fact]
    public async Task Without_errors_there_is_no_summary() =>
        Assert.Equal("", (await Drawn.AsHtmlAsync<ErrorSummary>(("Errors", Array.Empty<FormError>()))).InnerHtml.Trim());

    [Fact]
    public async Task Only_a_file_that_is_there_can_be_downloaded()
    {
        var ready = new ExportLine(Guid.NewGuid(), "Orders", "CSV", "completed", "Ready", "5", "1 KB", DateTimeOffset.UnixEpoch, "/file");
        ExportLine[] lines = [ready, ready with { Look = "failed", Status = "Failed", Size = null, Download = null }];

        var html = await Drawn.AsHtmlAsync<ExportTable>(("Rows", lines));

        Assert.Equal("Download Orders, CSV, 1 KB", Assert.Single(html.QuerySelectorAll("a[download]")).GetAttribute("aria-label"));
        Assert.Equal("1970-01-01T00:00:00Z", html.QuerySelector("time")!.GetAttribute("datetime"));
    }
}
