using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace ExportHub.Tests.Pages.Templates;

/// <summary>The way of a person with templates, without JavaScript.</summary>
public sealed class TemplatePagesTests : IAsyncLifetime
{
    private readonly TestApp app = new();

    public Task InitializeAsync() => app.InitializeAsync();

    public Task DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_form_is_saved_under_a_name_and_fills_the_form_again()
    {
        var saved = await app.SendAsync(await FormAsync("/request/orders"), ("limit", "77"), ("templateName", " Big ones "), ("act", "template"));

        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        var page = await app.PageAsync(saved.Headers.Location!.ToString());
        Assert.Contains("Saved as the template Big ones.", Notice(page), StringComparison.Ordinal);
        Assert.Equal("77", page.QuerySelector<IHtmlInputElement>("#limit")!.Value);
        Assert.Equal(0, await app.Database.CountAsync("SELECT count(*) FROM exporthub.export"));
        Assert.Equal("Big ones", (await app.PageAsync("/templates")).QuerySelector("main td.what a")!.TextContent);
    }

    [Fact]
    public async Task A_form_that_is_wrong_stays_as_it_was_and_says_why()
    {
        await AddAsync("taken", limit: 1);

        var nameless = await (await app.SendAsync(await FormAsync("/request/orders"), ("limit", "77"), ("templateName", ""), ("act", "template"))).HtmlAsync();
        var taken = await (await app.SendAsync(await FormAsync("/request/orders"), ("templateName", "Taken"), ("act", "template"))).HtmlAsync();

        Assert.Equal("#template-name", nameless.QuerySelector("#error-summary a")!.GetAttribute("href"));
        Assert.True(nameless.QuerySelector("details#template")!.HasAttribute("open"));
        Assert.Equal("77", nameless.QuerySelector<IHtmlInputElement>("#limit")!.Value);
        Assert.Equal("#template-name", taken.QuerySelector("#error-summary a")!.GetAttribute("href"));
        Assert.Equal("template-name-error", taken.QuerySelector("#template-name")!.GetAttribute("aria-describedby"));
    }

    [Fact]
    public async Task Using_a_template_never_changes_it_and_the_export_names_the_version()
    {
        await app.Database.ExecuteAsync("UPDATE exporthub.service_mode SET draining = true");
        var id = await AddAsync("seven", limit: 7);
        var form = await FormAsync($"/request/orders?template={id}");
        await app.Client.PutAsJsonAsync($"/api/templates/{id}", new { name = "seven", request = new { dataset = "orders", format = "csv", limit = 8 } });

        var started = await app.SendAsync(form, ("limit", "9"), ("act", "export"));

        Assert.StartsWith("/exports/", started.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, await app.Database.CountAsync(
            $"SELECT count(*) FROM exporthub.export WHERE template_id = '{id}' AND template_version = 1 AND criteria ->> 'limit' = '9'"));
        var kept = await app.Client.GetFromJsonAsync<JsonElement>($"/api/templates/{id}?version=1");
        Assert.Equal((7, 2), (kept.GetProperty("request").GetProperty("limit").GetInt32(), kept.GetProperty("latest").GetInt32()));
    }

    [Fact]
    public async Task The_next_version_is_saved_from_the_form_and_an_earlier_one_is_used_and_restored()
    {
        var id = await AddAsync("growing", limit: 7);

        var saved = await app.SendAsync(await FormAsync($"/request/orders?template={id}"), ("limit", "70"), ("act", "template-version"));

        Assert.Equal($"/request/orders?template={id}&version=2&saved", saved.Headers.Location!.ToString());
        Assert.Equal("7", await LimitAsync($"/request/orders?template={id}&version=1"));
        Assert.Equal("70", await LimitAsync($"/request/orders?template={id}"));
        var page = await app.PageAsync($"/templates/{id}");
        Assert.Equal(["Version 2", "Version 1"], page.QuerySelectorAll("td.name").Select(cell => cell.TextContent));
        await app.SendAsync(page.QuerySelector<IHtmlFormElement>("form[action$='handler=restore']")!, ("version", "1"));
        Assert.Equal("7", await LimitAsync($"/request/orders?template={id}"));
        Assert.Equal("7", await LimitAsync($"/request/orders?template={id}&version=3"));
    }

    [Fact]
    public async Task A_default_is_there_when_the_page_is_opened_plainly_and_can_be_put_aside()
    {
        var id = await AddAsync("daily", limit: 7);
        Assert.Null(await LimitAsync("/request/orders"));

        await app.SendAsync((await app.PageAsync($"/templates/{id}")).QuerySelector<IHtmlFormElement>("form[action$='handler=default']")!);

        var begun = await app.PageAsync("/request/orders");
        Assert.Contains("The form begins with your template daily.", Notice(begun), StringComparison.Ordinal);
        Assert.Equal("7", begun.QuerySelector<IHtmlInputElement>("#limit")!.Value);
        Assert.Null(await LimitAsync(begun.QuerySelectorAll("#template-used a")[1].GetAttribute("href")!));
        await app.SendAsync((await app.PageAsync($"/templates/{id}")).QuerySelector<IHtmlFormElement>("form[action$='handler=default']")!);
        Assert.Null(await LimitAsync("/request/orders"));
    }

    [Fact]
    public async Task A_template_that_no_longer_fits_says_what_is_gone_and_takes_the_rest()
    {
        var id = await AddAsync("fading", limit: 7, "note", "id");
        await app.Database.ExecuteAsync("ALTER TABLE orders DROP COLUMN note");
        await app.WriteDatasetAsync("orders", await File.ReadAllTextAsync(Path.Combine(app.DatasetsFolder, "orders.json")) + " ");

        IHtmlDocument page = null!;
        await Until.TrueAsync(
            async () => (page = await app.PageAsync($"/request/orders?template={id}")).QuerySelector("#template-changed") is not null, "the dataset without the column");

        Assert.Contains("note", page.QuerySelector("#template-changed")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["id"], page.QuerySelectorAll("#columns input[checked]").Select(box => box.GetAttribute("value")!));
        Assert.Equal("7", page.QuerySelector<IHtmlInputElement>("#limit")!.Value);
    }

    [Fact]
    public async Task What_an_export_asked_for_is_kept_with_its_range_relative()
    {
        var export = await app.PostAsync(new { dataset = "orders", format = "csv", limit = 3, dateRange = new { relative = "previous_month" } });
        var form = await FormAsync($"/templates/new?from={export}");

        var saved = await app.SendAsync(form, ("templateName", "monthly"), ("templateDescription", "for the board"), ("templateShared", "sales, everybody"));

        var id = saved.Headers.Location!.ToString().Split('/')[^1];
        var template = await app.Client.GetFromJsonAsync<JsonElement>($"/api/templates/{id}");
        Assert.Equal("previous_month", template.GetProperty("request").GetProperty("dateRange").GetProperty("relative").GetString());
        Assert.Equal(["sales", "*"], template.GetProperty("sharedWith").EnumerateArray().Select(role => role.GetString()!));
        Assert.Contains("At most 3 rows", (await app.PageAsync($"/templates/{id}")).QuerySelector(".words")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_template_is_renamed_shared_and_deleted_on_its_page()
    {
        var id = await AddAsync("first", limit: 1);

        var renamed = await (await app.SendAsync(await FormAsync($"/templates/{id}", "save"), ("templateName", "second"), ("templateShared", "finance"))).HtmlAsync();
        Assert.Equal("second", renamed.QuerySelector("h1")!.TextContent);
        var wrong = await (await app.SendAsync(await FormAsync($"/templates/{id}", "save"), ("templateName", ""))).HtmlAsync();
        Assert.Equal("#template-name", wrong.QuerySelector("#error-summary a")!.GetAttribute("href"));
        var deleted = await app.SendAsync(await FormAsync($"/templates/{id}", "delete"));

        Assert.Equal("/templates?deleted", deleted.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.NotFound, (await app.Client.GetAsync(new Uri($"/templates/{id}", UriKind.Relative))).StatusCode);
        Assert.Contains("deleted", (await app.PageAsync($"/request/orders?template={id}")).QuerySelector(".notice.warn")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_template_that_the_form_only_claims_is_not_written_down()
    {
        await app.Database.ExecuteAsync("UPDATE exporthub.service_mode SET draining = true");

        var started = await app.SendAsync(await FormAsync("/request/orders"), ("template", $"{Guid.NewGuid()}"), ("templateVersion", "1"), ("act", "export"));

        Assert.StartsWith("/exports/", started.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, await app.Database.CountAsync("SELECT count(*) FROM exporthub.export WHERE template_id IS NULL"));
    }

    private static string Notice(IHtmlDocument page) => page.QuerySelector("#template-used")!.TextContent;

    private async Task<string?> LimitAsync(string address) => (await app.PageAsync(address)).QuerySelector<IHtmlInputElement>("#limit")!.Value is { Length: > 0 } limit ? limit : null;

    private async Task<IHtmlFormElement> FormAsync(string address, string? handler = null) =>
        (await app.PageAsync(address)).QuerySelector<IHtmlFormElement>(handler is null ? "main form" : $"form[action$='handler={handler}']")!;

    private async Task<Guid> AddAsync(string name, int limit, params string[] columns)
    {
        var answer = await app.Client.PostAsJsonAsync(
            "/api/templates", new { name, request = new { dataset = "orders", format = "csv", limit, columns = columns.Length == 0 ? null : columns } });
        var made = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(answer.IsSuccessStatusCode, made.ToString());
        return made.GetProperty("id").GetGuid();
    }
}
