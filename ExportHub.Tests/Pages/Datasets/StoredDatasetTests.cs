using System.Net;
using AngleSharp.Html.Dom;

namespace ExportHub.Tests.Pages.Datasets;

/// <summary>Datasets on the pages of an application that does not write files.</summary>
public sealed class StoredDatasetTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_stored_one_says_where_it_is_and_one_that_a_file_displaces_says_so_and_can_be_removed()
    {
        app.With("Datasets:Store", "Database");
        var form = (IHtmlFormElement)(await app.PageAsync("/admin/datasets/new/form?from=public.orders")).GetElementById("dataset")!;
        Assert.Equal(HttpStatusCode.Redirect, (await app.SendAsync(form, ("act", "save"), ("name", "recent"))).StatusCode);
        Assert.Contains("stored in the database", (await app.PageAsync("/admin/datasets/recent")).Said(), StringComparison.Ordinal);

        await app.WriteDatasetAsync("recent", """{ "from": "public.orders", "title": "The file" }""");
        var list = await app.PageAsync("/admin/datasets");
        Assert.Contains("Not used, because the file recent.json has this name.", list.Said(), StringComparison.Ordinal);
        var locked = await app.PageAsync("/admin/datasets/recent");
        Assert.NotNull(locked.GetElementById("locked"));
        Assert.Null(locked.QuerySelector("button[value=save]"));

        var remove = await app.PageAsync("/admin/datasets/recent/remove?stored=true");
        Assert.Equal(HttpStatusCode.Redirect, (await app.SendAsync((IHtmlFormElement)remove.QuerySelector("main form")!)).StatusCode);
        Assert.Equal(0, await app.Database.CountAsync("SELECT count(*) FROM exporthub.dataset"));
        Assert.True(File.Exists(Path.Combine(app.DatasetsFolder, "recent.json")));
    }
}
