using System.Net;
using AngleSharp.Dom;
using ExportHub.Access;
using ExportHub.Tests.Access;

namespace ExportHub.Tests.Pages.Audit;

public sealed class AuditPageTests : IAsyncLifetime
{
    private readonly AccessApp access = new();

    public Task InitializeAsync() => access.InitializeAsync();

    public Task DisposeAsync() => access.DisposeAsync();

    [Theory]
    [InlineData("anna", HttpStatusCode.Forbidden)]
    [InlineData("carla", HttpStatusCode.OK)]
    [InlineData("admin", HttpStatusCode.OK)]
    public async Task Administrators_and_support_look_at_it_and_nobody_else(string name, HttpStatusCode status)
    {
        await access.AddAsync("carla", Roles.Support);
        var client = await access.SignedInAsync(name);

        Assert.Equal(status, (await GetAsync(client, "/admin/audit")).StatusCode);
        Assert.Equal(status == HttpStatusCode.OK, (await (await GetAsync(client, "/")).HtmlAsync()).QuerySelector("nav a[href='/admin/audit']") is not null);
    }

    [Fact]
    public async Task Entries_are_sentences_and_strangers_text_stays_text()
    {
        await AccessApp.SignInAsync(access.NewClient(), "<script>alert(1)</script>", "guess");

        var first = Sentences(await access.App.PageAsync("/admin/audit?act=sign_in_refused"))[0];

        Assert.Equal("Somebody tried to sign in as “<script>alert(1)</script>” and was refused", first);
    }

    [Fact]
    public async Task It_is_filtered_by_person_act_dataset_export_and_day()
    {
        var id = Guid.CreateVersion7();
        await access.App.Database.ExecuteAsync($"""
            INSERT INTO exporthub.audit (at, who, how, act, export_id, dataset, subject)
            VALUES ('2026-03-01 23:59:59+00', 'zoe', 'session', 'look', '{id}', 'parcels', 'yves'),
                ('2026-03-02 00:00+00', 'yves', 'session', 'receipt', NULL, 'parcels', 'yves')
            """);

        Assert.Equal(2, await CountAsync("person=yves"));
        Assert.Equal(1, await CountAsync("person=zoe"));
        Assert.Equal(1, await CountAsync("person=yves&act=look"));
        Assert.Equal(2, await CountAsync("dataset=parcels"));
        Assert.Equal(1, await CountAsync($"export={id}"));
        Assert.Equal(1, await CountAsync("from=2026-03-01&to=2026-03-01"));
        Assert.Equal(2, await CountAsync("from=2026-03-01&to=2026-03-02"));
        Assert.Equal(0, await CountAsync("person=%00"));
        Assert.Equal(0, await CountAsync("to=9999-12-31&person=nobody"));
        Assert.Equal("Nothing matches", (await access.App.PageAsync("/admin/audit?act=look&person=anna")).QuerySelector(".empty h2")!.TextContent);
    }

    [Theory]
    [InlineData("export=orders")]
    [InlineData("from=yesterday")]
    [InlineData("to=2026-02-30")]
    public async Task A_filter_that_cannot_be_read_shows_nothing_rather_than_everything(string query)
    {
        var answer = await access.App.Client.GetAsync(new Uri($"/admin/audit?{query}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = await answer.HtmlAsync();
        Assert.NotNull(page.QuerySelector("[role=alert]"));
        Assert.Null(page.QuerySelector("tbody"));
        Assert.Equal(query.Split('=')[1], page.QuerySelector($"#{query.Split('=')[0]}")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Pages_follow_each_other_newest_first_and_keep_the_filter()
    {
        await access.App.Database.ExecuteAsync("""
            INSERT INTO exporthub.audit (who, how, act, subject)
            SELECT 'zoe', 'session', 'sign_in', 'zoe' FROM generate_series(1, 60)
            """);

        var first = await access.App.PageAsync("/admin/audit?person=zoe&act=sign_in");
        var second = await access.App.PageAsync(first.QuerySelector(".pager a[rel=next]")!.GetAttribute("href")!);

        Assert.Equal((50, 10), (Sentences(first).Count, Sentences(second).Count));
        Assert.Equal("/admin/audit?person=zoe&act=sign_in", second.QuerySelector(".pager a")!.GetAttribute("href"));
    }

    private static Task<HttpResponseMessage> GetAsync(HttpClient client, string address) => client.GetAsync(new Uri(address, UriKind.Relative));

    private static List<string> Sentences(IParentNode page) => [.. page.QuerySelectorAll(".deed > p").Select(sentence => sentence.TextContent)];

    private async Task<int> CountAsync(string query) => Sentences(await access.App.PageAsync($"/admin/audit?{query}")).Count;
}
