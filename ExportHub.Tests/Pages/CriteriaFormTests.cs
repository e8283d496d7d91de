using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace ExportHub.Tests.Pages;

/// <summary>Groups, lists, values to pick from and addresses on the request page, for a person without JavaScript.</summary>
public sealed class CriteriaFormTests : IAsyncLifetime
{
    private readonly TestApp app = new();

    public Task InitializeAsync() => app.InitializeAsync();

    public Task DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Filters_are_put_into_a_group_and_the_file_has_the_rows_of_either()
    {
        var page = await (await app.SendAsync(await FormAsync("?filter=id eq 7&filter=id eq 9"), ("filters[0].group", "A"), ("filters[1].group", "A"), ("act", "redraw"))).HtmlAsync();
        Assert.Equal(2, page.QuerySelectorAll(".any .filter").Length);

        var id = await ExportAsync(page.QuerySelector<IHtmlFormElement>("main form")!);
        Assert.Equal(2, (await app.EndAsync(id)).GetProperty("progress").GetProperty("rows").GetInt64());
        Assert.Contains("Id is 7, or Id is 9", (await app.PageAsync($"/exports/{id}")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);

        var again = await app.PageAsync($"/request/orders?from={id}");
        Assert.Equal(["A", "A"], again.QuerySelectorAll<IHtmlSelectElement>(".filter-group select").Select(select => select.Value));
    }

    [Fact]
    public async Task A_file_of_100_000_UUIDs_goes_through_the_page()
    {
        // In memory there is no limit to what is sent.
        app.OnPort();
        await app.WriteDatasetAsync("keys", """
            { "title": "Keys", "key": ["id"], "rights": { "export": ["*"] }, "query": "SELECT lpad(n::text, 32, '0')::uuid AS id FROM generate_series(1, 1000) AS n" }
            """);
        var file = "Id\n" + string.Join('\n', Enumerable.Range(501, 100_000).Select(n => new Guid(n.ToString(CultureInfo.InvariantCulture).PadLeft(32, '0'))));
        var form = await FormAsync("?filter=id in", "keys");

        var shown = await (await UploadAsync(form, file, "redraw")).HtmlAsync();
        Assert.Equal("100,000 values were taken from ids.csv.", shown.QuerySelector("#filters [role=status]")!.TextContent);
        Assert.Equal(100_000, shown.QuerySelector<IHtmlTextAreaElement>("#filter-0-value")!.Value.Split('\n').Length);

        // Sent once more as it stands, typed as it were, and with the file besides.
        var filled = shown.QuerySelector<IHtmlFormElement>("main form")!;
        var typed = await ExportAsync(filled);
        Assert.Equal(500, (await app.EndAsync(typed)).GetProperty("progress").GetProperty("rows").GetInt64());
        var sent = await UploadAsync(filled, file, "export");
        Assert.Equal(500, (await app.EndAsync(IdOf(sent))).GetProperty("progress").GetProperty("rows").GetInt64());
        var status = await app.Client.GetStringAsync(new Uri($"/exports/{typed}", UriKind.Relative));
        Assert.Contains("one of 100,000 values", status, StringComparison.Ordinal);
        Assert.InRange(status.Length, 1, 40_000);
        Assert.InRange((await app.Client.GetStringAsync(new Uri("/exports", UriKind.Relative))).Length, 1, 60_000);
    }

    [Fact]
    public async Task A_file_that_does_not_suit_stands_beside_its_filter()
    {
        var page = await (await UploadAsync(await FormAsync("?filter=id in"), "1\n2\nthree", "export")).HtmlAsync();

        Assert.Contains("Line 3: Give a whole number", page.QuerySelector("#filter-0-error")!.TextContent, StringComparison.Ordinal);
        Assert.Single(page.QuerySelectorAll("#error-summary a"));
    }

    [Fact]
    public async Task Few_values_are_offered_with_their_rows_and_a_ticked_one_counts()
    {
        var page = await app.PageAsync("/request/orders?filter=status in paid&filter=note eq =1%2B1&filter=customer in Nobody");

        Assert.Equal(["new 333", "paid 334", "shipped 333"], page.QuerySelectorAll(".choices label").Take(3).Select(label => label.TextContent.Trim()));
        Assert.Equal(["paid"], page.QuerySelectorAll(".choices input[checked]").Select(box => box.GetAttribute("value")!));
        Assert.Equal("=1+1", page.QuerySelector("#filter-1-value-offered option")!.GetAttribute("value"));
        Assert.Equal(50, page.QuerySelectorAll("[name='filters[2].chosen']").Length);
        Assert.Equal("Nobody", page.QuerySelector<IHtmlTextAreaElement>("[name='filters[2].lines']")!.Value);

        var customer = page.QuerySelectorAll("[name='filters[2].chosen']")[7].GetAttribute("value")!;
        var ticked = await app.PageAsync($"/request/orders?filter={Uri.EscapeDataString($"customer in {customer}|Nobody")}");
        Assert.Equal([customer], ticked.QuerySelectorAll(".choices input[checked]").Select(box => box.GetAttribute("value")!));
        Assert.Equal("Nobody", ticked.QuerySelector<IHtmlTextAreaElement>("[name='filters[0].lines']")!.Value);
    }

    [Fact]
    public async Task An_address_fills_the_form_names_what_it_cannot_use_and_comes_back_as_a_link()
    {
        const string Address = "/request/orders?columns=id,note&filter=amount gte 100&sort=id desc&limit=7&timeZone=Europe/Berlin&format=csv";
        var page = await app.PageAsync(Address + "&colour=red&filter=secret eq 1");

        Assert.Equal(["id", "note"], page.QuerySelectorAll("#columns input[checked]").Select(box => box.GetAttribute("value")!));
        Assert.Equal("100", page.QuerySelector<IHtmlInputElement>("#filter-0-value")!.Value);
        Assert.Equal("csv", page.QuerySelector<IHtmlInputElement>("[name=format]:checked")!.Value);
        Assert.Null(page.QuerySelector("#time-zone")!.GetAttribute("data-guess"));
        Assert.Contains("a filter on a column that this dataset does not have, “colour”.", page.QuerySelector("#unused")!.TextContent, StringComparison.Ordinal);

        var link = await app.SendAsync(page.QuerySelector<IHtmlFormElement>("main form")!, ("act", "link"));
        Assert.Equal(Address, Uri.UnescapeDataString(link.Headers.Location!.ToString()));
        var list = string.Join('\n', Enumerable.Range(0, 3_000));
        var none = await (await app.SendAsync(await FormAsync("?filter=id in"), ("filters[0].lines", list), ("act", "link"))).HtmlAsync();
        Assert.False(none.QuerySelector("#address-too-long")!.HasAttribute("hidden"));
    }

    [Fact]
    public async Task What_is_wrong_in_an_address_stands_beside_its_field()
    {
        var page = await app.PageAsync("/request/orders?limit=many&timeZone=Mars/Olympus&anyA=amount gt lots&anyA=id eq 1&period=someday&format=pdf");

        Assert.Equal(["#filter-0-value", "#relative", "#limit", "#time-zone", "#format"], page.QuerySelectorAll("#error-summary a").Select(a => a.GetAttribute("href")!));
    }

    [Fact]
    public async Task Every_period_names_its_days()
    {
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var options = (await app.PageAsync("/request/orders")).QuerySelectorAll("#relative option").Select(option => option.TextContent).ToList();

        // The day may end between the two.
        Assert.Contains(options[0], new[] { today, today.AddDays(1) }.Select(day => string.Create(CultureInfo.InvariantCulture, $"Today: {day:d MMM yyyy}")));
        Assert.All(options, option => Assert.Matches("^[A-Z][a-z0-9 ]+: .*[0-9]{4}$", option));
        Assert.Contains("Asia/Tokyo", (await app.PageAsync("/request/orders?timeZone=Asia/Tokyo")).QuerySelector("#relative-hint")!.TextContent, StringComparison.Ordinal);
    }

    /// <summary>On a port the client goes on by itself, without its token, and is led from the status page to the sign-in that leads back there.</summary>
    private static Guid IdOf(HttpResponseMessage redirect) =>
        Guid.Parse(Regex.Match((redirect.Headers.Location ?? redirect.RequestMessage!.RequestUri!).ToString(), "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}").Value);

    private async Task<IHtmlFormElement> FormAsync(string query, string dataset = "orders") =>
        (await app.PageAsync($"/request/{dataset}{query}")).QuerySelector<IHtmlFormElement>("main form")!;

    private async Task<Guid> ExportAsync(IHtmlFormElement form)
    {
        using var content = Content(form, "export");
        return IdOf(await app.Client.PostAsync(new Uri(form.GetAttribute("action")!, UriKind.Relative), content));
    }

    private async Task<HttpResponseMessage> UploadAsync(IHtmlFormElement form, string file, string act)
    {
        using var content = Content(form, act);
        content.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(file)), "filters[0].file", "ids.csv");
        return await app.Client.PostAsync(new Uri(form.GetAttribute("action")!, UriKind.Relative), content);
    }

    /// <summary>As a browser sends a form that may hold files.</summary>
    private static MultipartFormDataContent Content(IHtmlFormElement form, string act)
    {
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in Form.Fields(form).Where(field => !field.Key.EndsWith(".file", StringComparison.Ordinal)).Append(KeyValuePair.Create("act", act)))
        {
            content.Add(new StringContent(value), name);
        }

        return content;
    }
}
