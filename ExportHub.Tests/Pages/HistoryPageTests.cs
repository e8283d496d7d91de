using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace ExportHub.Tests.Pages;

public sealed class HistoryPageTests : IAsyncLifetime
{
    private readonly TestApp app = new();

    public Task InitializeAsync() => app.InitializeAsync();

    public Task DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Nothing_yet_differs_from_nothing_that_matches()
    {
        Assert.Equal("No exports yet", (await app.PageAsync("/exports")).QuerySelector(".empty h2")!.TextContent);
        Assert.Equal("Nothing matches", (await app.PageAsync("/exports?status=failed")).QuerySelector(".empty h2")!.TextContent);
    }

    [Fact]
    public async Task Pages_follow_each_other_and_keep_the_filter()
    {
        for (var i = 0; i < 27; i++)
        {
            await app.PostAsync(new { dataset = "orders", format = "csv", limit = i + 1 });
        }

        var first = await app.PageAsync("/exports?dataset=orders");
        var older = first.QuerySelector<IHtmlAnchorElement>(".pager a")!.GetAttribute("href")!;
        var second = await app.PageAsync(older);

        Assert.Equal(25, first.QuerySelectorAll("tbody tr").Length);
        Assert.Equal(2, second.QuerySelectorAll("tbody tr").Length);
        Assert.Equal("/exports?dataset=orders", second.QuerySelector(".pager a")!.GetAttribute("href"));
        Assert.Equal("orders", second.QuerySelector<IHtmlSelectElement>("#dataset")!.Value);
    }
}
