namespace ExportHub.Tests.Browser;

/// <summary>The form of a definition in a browser: the preview follows what is typed, and nothing is saved by it.</summary>
[Collection(BrowserTests.Name)]
public sealed class DatasetFormTests(BrowserApp browser)
{
    [BrowserFact]
    public async Task The_preview_follows_what_is_typed_and_the_focus_stays()
    {
        await using var visitor = await browser.VisitAsync();
        await visitor.GoAsync("/admin/datasets/new/form?from=public.orders");

        await visitor.Field("Row filter").FillAsync("customer = @user.name");
        await visitor.Page.Locator("#preview").GetByText("$1 = @user.name").WaitForAsync();

        Assert.Equal("rowFilter", await visitor.Page.EvaluateAsync<string>("document.activeElement.id"));
        await visitor.Field("Row filter").FillAsync("");
        await visitor.Field("Table or view").FillAsync("exporthub.dataset");
        await visitor.Field("Title of changed_by").WaitForAsync();
        Assert.Empty(visitor.Complaints);
    }
}
