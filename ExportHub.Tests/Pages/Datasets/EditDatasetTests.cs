using System.Net;
using System.Text.Json;
using AngleSharp.Html.Dom;

namespace ExportHub.Tests.Pages.Datasets;

/// <summary>A dataset is made and changed on the pages, as a browser without JavaScript does it.</summary>
public sealed class EditDatasetTests(EditDatasetTests.Site site) : IClassFixture<EditDatasetTests.Site>
{
    private readonly TestApp app = site.App;

    [Fact]
    public async Task From_a_table_that_is_searched_for_to_a_file_that_exports()
    {
        var tables = await app.PageAsync("/admin/datasets/new?search=DEALS");
        var link = Assert.IsAssignableFrom<IHtmlAnchorElement>(Assert.Single(tables.QuerySelectorAll("tbody a")));
        var form = FormOf(await app.PageAsync(link.GetAttribute("href")!));
        Assert.Equal("deals", Field(form, "name"));

        var answer = await app.SendAsync(form, ("act", "save"), ("title", "Deals"), ("export", "sales, finance"), ("rowFilter", "region = @user.region"),
            ("allRows", "finance"), ("rowLimits", "sales=10"), ("dateColumn", "made_on"), ("columns[3].title", "IBAN"), ("columns[3].roles", "finance"));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("Deals is saved (file deals.json)", (await app.PageAsync(answer.Headers.Location!.ToString())).Said(), StringComparison.Ordinal);
        using var file = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(app.DatasetsFolder, "deals.json")));
        Assert.Equal(
            """{"name":"deals","title":"Deals","from":"shop.\u0022Deals\u0022","dateColumn":"made_on","rights":{"export":["sales","finance"],"allRows":["finance"],"rowLimits":{"sales":10}},"rowFilter":"region = @user.region","columns":{"iban":{"title":"IBAN","roles":["finance"]}}}""",
            JsonSerializer.Serialize(file));
        var end = await app.ExportAsync(new { dataset = "deals", format = "csv" });
        Assert.Equal(30, end.GetProperty("progress").GetProperty("rows").GetInt64());
    }

    [Fact]
    public async Task The_preview_shows_statement_filter_and_rows_and_saves_nothing()
    {
        var form = FormOf(await app.PageAsync("/admin/datasets/new/form?from=shop.recent"));

        var shown = await (await app.SendAsync(form, ("act", "preview"), ("name", "looked_at"), ("rowFilter", "region = @user.region"))).HtmlAsync();

        var preview = shown.GetElementById("preview")!;
        Assert.Contains("FROM \"shop\".\"recent\" AS t WHERE (", preview.QuerySelector("pre")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("$1 = @user.region", preview.TextContent, StringComparison.Ordinal);
        Assert.Equal(20, preview.QuerySelectorAll(".sample tbody tr").Length);
        Assert.Empty(preview.QuerySelectorAll(".sample b"));
        Assert.False(File.Exists(Path.Combine(app.DatasetsFolder, "looked_at.json")));
    }

    [Fact]
    public async Task Every_fault_stands_at_its_field_and_nothing_that_was_typed_is_lost()
    {
        var form = FormOf(await app.PageAsync("/admin/datasets/new/form?from=shop.recent"));

        var answer = await app.SendAsync(form, ("act", "save"), ("name", "Bad Name"), ("rowLimit", "many"), ("rowLimits", "sales"), ("export", "Sales Team"),
            ("rowFilter", "region = 'EU"), ("columns[1].roles", "No Role"), ("columns[1].title", "Where"));

        var page = await answer.HtmlAsync();
        Assert.All(["name", "rowLimit", "rowLimits", "export", "rowFilter", "column-1-roles"], id =>
        {
            Assert.Equal("true", page.GetElementById(id)!.GetAttribute("aria-invalid"));
            Assert.Contains($"{id}-error", page.GetElementById(id)!.GetAttribute("aria-describedby"), StringComparison.Ordinal);
            Assert.NotNull(page.GetElementById($"{id}-error"));
        });
        var again = FormOf(page);
        Assert.Equal(
            ("Bad Name", "many", "sales", "Sales Team", "region = 'EU", "No Role", "Where"),
            (Field(again, "name"), Field(again, "rowLimit"), Field(again, "rowLimits"), Field(again, "export"), Field(again, "rowFilter"), Field(again, "columns[1].roles"), Field(again, "columns[1].title")));
        Assert.All(page.QuerySelectorAll("#error-summary a"), link => Assert.NotNull(page.GetElementById(link.GetAttribute("href")![1..])));
    }

    [Fact]
    public async Task What_does_not_work_is_saved_only_with_the_tick_and_is_shown_as_broken()
    {
        var form = FormOf(await app.PageAsync("/admin/datasets/new/form?from=shop.recent"));
        var refused = await (await app.SendAsync(form, ("act", "save"), ("name", "nowhere"), ("rowFilter", "nowhere = 1"))).HtmlAsync();
        Assert.Contains("column \"nowhere\" does not exist", refused.GetElementById("rowFilter-error")!.TextContent, StringComparison.Ordinal);

        var saved = await app.SendAsync(FormOf(refused), ("act", "save"), ("saveBroken", "true"));

        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        var row = (await app.PageAsync("/admin/datasets")).QuerySelectorAll("tbody tr").Single(row => row.QuerySelector(".kind")!.TextContent == "nowhere");
        Assert.Contains("Broken", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("column \"nowhere\" does not exist", row.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_comments_of_a_file_go_only_with_the_tick_and_all_that_it_says_stays()
    {
        const string Whole = """
            // Why it is like this.
            { "title": "Deals", "description": "All.", "query": "SELECT id, region, made_on, iban FROM shop.recent", "key": ["id"], "dateColumn": "made_on", "rowLimit": 50,
              "rights": { "see": ["a"], "export": ["b"], "raw": ["b"], "allRows": ["a"], "rowLimits": { "b": 5 } }, "rowFilter": "region = @user.region",
              "columns": { "iban": { "hidden": true }, "region": { "title": "Where", "roles": ["a", "b"] } } }
            """;
        await app.WriteDatasetAsync("commented", Whole);
        var form = FormOf(await app.PageAsync("/admin/datasets/commented"));

        var refused = await (await app.SendAsync(form, ("act", "save"))).HtmlAsync();
        Assert.NotNull(refused.GetElementById("replace-error"));
        Assert.Equal(Whole, await File.ReadAllTextAsync(Path.Combine(app.DatasetsFolder, "commented.json")));

        Assert.Equal(HttpStatusCode.Redirect, (await app.SendAsync(FormOf(refused), ("act", "save"), ("replace", "true"))).StatusCode);
        var written = await app.Client.GetStringAsync(new Uri("/admin/datasets/commented?handler=file", UriKind.Relative));
        using var before = JsonDocument.Parse(Whole.Replace("{ \"title\": \"Deals\"", "{ \"name\": \"commented\", \"title\": \"Deals\"", StringComparison.Ordinal), new() { CommentHandling = JsonCommentHandling.Skip });
        using var after = JsonDocument.Parse(written);
        Assert.True(JsonElement.DeepEquals(before.RootElement, after.RootElement), written);
    }

    [Fact]
    public async Task Who_comes_second_is_refused_with_a_sentence()
    {
        await app.WriteDatasetAsync("contested", """{ "from": "shop.recent" }""");
        var form = FormOf(await app.PageAsync("/admin/datasets/contested"));
        Assert.Equal(HttpStatusCode.Redirect, (await app.SendAsync(form, ("act", "save"), ("title", "First"))).StatusCode);

        var second = await (await app.SendAsync(form, ("act", "save"), ("title", "Second"))).HtmlAsync();

        Assert.Contains("Somebody else has changed this definition", second.GetElementById("error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Second", Field(FormOf(second), "title"));
        Assert.Equal("First", Field(FormOf(await app.PageAsync("/admin/datasets/contested")), "title"));
    }

    [Fact]
    public async Task A_file_is_removed_after_a_second_question()
    {
        await app.WriteDatasetAsync("useless", """{ "from": "shop.recent" }""");
        var asked = await app.PageAsync("/admin/datasets/useless/remove");
        Assert.True(File.Exists(Path.Combine(app.DatasetsFolder, "useless.json")));

        Assert.Equal(HttpStatusCode.Redirect, (await app.SendAsync((IHtmlFormElement)asked.QuerySelector("main form")!)).StatusCode);

        Assert.False(File.Exists(Path.Combine(app.DatasetsFolder, "useless.json")));
        Assert.Equal(HttpStatusCode.NotFound, (await app.Client.GetAsync(new Uri("/admin/datasets/useless", UriKind.Relative))).StatusCode);
    }

    private static IHtmlFormElement FormOf(IHtmlDocument page) => (IHtmlFormElement)page.GetElementById("dataset")!;

    private static string? Field(IHtmlFormElement form, string name) => Form.Fields(form).Single(field => field.Key == name).Value;

    public sealed class Site : IAsyncLifetime
    {
        public TestApp App { get; } = new();

        public async Task InitializeAsync()
        {
            await App.InitializeAsync();
            await App.Database.ExecuteAsync("""
                CREATE SCHEMA shop;
                CREATE TABLE shop."Deals" (id int PRIMARY KEY, region text NOT NULL, made_on date, iban text);
                INSERT INTO shop."Deals" SELECT n, CASE WHEN n % 2 = 0 THEN 'EU' ELSE 'US' END, date '2026-01-01' + n, '<b>' || n FROM generate_series(1, 30) AS n;
                CREATE VIEW shop.recent AS SELECT * FROM shop."Deals"
                """);
        }

        public Task DisposeAsync() => App.DisposeAsync();
    }
}

internal static class PageText
{
    /// <summary>What the page says, in one line.</summary>
    public static string Said(this IHtmlDocument page) =>
        string.Join(' ', page.QuerySelector("main")!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
