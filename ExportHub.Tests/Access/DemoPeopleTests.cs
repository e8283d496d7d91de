using System.Net;
using AngleSharp.Html.Dom;
using ExportHub.Access;
using ExportHub.Database.Embedded;
using ExportHub.Tests.Database;
using ExportHub.Tests.Pages;
using ExportHub.Tests.Processes;

namespace ExportHub.Tests.Access;

/// <summary>People whose passwords everybody knows are there in Development with the embedded database, and nowhere else.</summary>
public sealed class DemoPeopleTests(TestDatabase own) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private readonly EmbeddedPostgres observer = TestServer.Describe(TestServer.NewFolder());
    private readonly DirectoryInfo files = Directory.CreateTempSubdirectory("exporthub-demo-");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (Directory.Exists(observer.Folders.Root))
        {
            await observer.StopAbandonedAsync(CancellationToken.None);
            observer.Folders.Delete();
        }

        files.Delete(recursive: true);
    }

    [Fact]
    public async Task A_newcomer_is_inside_with_one_click_and_a_later_start_in_Production_locks_all_of_them_out()
    {
        await using (var app = await StartAsync("Development"))
        {
            using var page = await SignInPageAsync(app);
            Assert.Equal(["Sign in as admin", "Sign in as anna", "Sign in as bert"], Buttons(page));
            Assert.All(DemoPeople.All, person => Assert.Contains(person.Password, page.Body!.TextContent, StringComparison.Ordinal));
            Assert.Contains(DemoPeople.Token, page.QuerySelector("#demo-token")!.TextContent, StringComparison.Ordinal);
            foreach (var person in DemoPeople.All)
            {
                Assert.Equal("/exports", await ClickAsync(app, person.Name));
            }

            Assert.Equal(HttpStatusCode.OK, await WithTokenAsync(app));
            Assert.Equal(
                "admin {admin} {}|anna {sales} {\"region\": [\"DE\", \"AT\", \"CH\"]}|bert {finance} {\"region\": [\"FR\"]}",
                await RunningServer.AskAsync<string>(
                    observer, "SELECT string_agg(name || ' ' || roles::text || ' ' || attributes::text, '|' ORDER BY name) FROM exporthub.app_user"));
            Assert.All(DemoPeople.All, person => Assert.DoesNotContain(app.Log, line => line.Contains(person.Password, StringComparison.Ordinal)));
            await app.TerminateAsync();
        }

        await using (var production = await StartAsync("Production"))
        {
            using var page = await SignInPageAsync(production);
            Assert.Empty(Buttons(page));
            Assert.DoesNotContain(DemoPeople.Token, page.Body!.TextContent, StringComparison.Ordinal);
            foreach (var person in DemoPeople.All)
            {
                Assert.Null(await SignInAsync(production, person.Name, person.Password));
            }

            Assert.Equal(HttpStatusCode.Unauthorized, await WithTokenAsync(production));
            Assert.Contains(production.Log, line => line.Contains("The administrator is “admin” with the password", StringComparison.Ordinal));
            await production.TerminateAsync();
        }

        await using var again = await StartAsync("Development");
        using var back = await SignInPageAsync(again);
        Assert.Equal(["Sign in as anna", "Sign in as bert"], Buttons(back));
        Assert.Equal("/exports", await ClickAsync(again, "bert"));
    }

    [Fact]
    public async Task In_Production_the_embedded_database_has_one_administrator_and_shows_nobody()
    {
        await using var app = await StartAsync("Production");

        using var page = await SignInPageAsync(app);

        Assert.Empty(Buttons(page));
        Assert.Equal("admin local", await RunningServer.AskAsync<string>(observer, "SELECT string_agg(name || ' ' || origin, '|') FROM exporthub.app_user"));
        Assert.Equal(HttpStatusCode.Unauthorized, await WithTokenAsync(app));
    }

    [Fact]
    public async Task In_Development_a_database_of_ones_own_has_one_administrator_and_shows_nobody()
    {
        await using var app = await StartAsync("Development", ("ConnectionStrings:ExportHub", own.ConnectionString));

        using var page = await SignInPageAsync(app);

        Assert.Empty(Buttons(page));
        Assert.Equal(1, await own.CountAsync("SELECT count(*) FROM exporthub.app_user WHERE name = 'admin' AND origin = 'local'"));
        Assert.Equal(1, await own.CountAsync("SELECT count(*) FROM exporthub.app_user"));
        Assert.Equal(HttpStatusCode.Unauthorized, await WithTokenAsync(app));
    }

    [Fact]
    public async Task A_password_that_is_given_is_the_administrators_and_is_not_shown()
    {
        await using var app = await StartAsync("Development", ("Access:AdminPassword", TestApp.AdminPassword));

        using var page = await SignInPageAsync(app);

        Assert.Equal(["Sign in as anna", "Sign in as bert"], Buttons(page));
        Assert.DoesNotContain(TestApp.AdminPassword, page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/exports", await SignInAsync(app, FirstAdministrator.Name, TestApp.AdminPassword));
        Assert.Null(await SignInAsync(app, FirstAdministrator.Name, DemoPeople.All[0].Password));
    }

    [Fact]
    public void README_has_the_token_of_the_sign_in_page() =>
        Assert.Contains($"AUTH='Authorization: Bearer {DemoPeople.Token}'", Readme.Text, StringComparison.Ordinal);

    private Task<AppProcess> StartAsync(string environment, params (string Setting, string Value)[] settings) => AppProcess.StartAsync(
        [("ASPNETCORE_ENVIRONMENT", environment)],
        [("Database:Folder", observer.Folders.Root), ("Demo:Seed", "false"), ("Files:Folder", files.FullName), ("Access:RequireHttps", "false"), .. settings]);

    private static async Task<IHtmlDocument> SignInPageAsync(AppProcess app)
    {
        var answer = await app.Client.GetAsync(new Uri("/sign-in?returnUrl=/exports", UriKind.Relative));
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {string.Join('\n', app.Log)}");
        return await answer.HtmlAsync();
    }

    private static IEnumerable<string> Buttons(IHtmlDocument page) => page.QuerySelectorAll(".demo-person button").Select(button => button.TextContent.Trim());

    /// <summary>Where the button of the panel leads.</summary>
    private static Task<string?> ClickAsync(AppProcess app, string name) =>
        SendAsync(app, page => Form.Fields((IHtmlFormElement)page.QuerySelector($".demo-person:has(input[value='{name}'])")!));

    private static Task<string?> SignInAsync(AppProcess app, string name, string password) =>
        SendAsync(app, page => Form.Fields((IHtmlFormElement)page.QuerySelector("main form")!)
            .Where(field => field.Key is not ("name" or "password")).Append(new("name", name)).Append(new("password", password)));

    private static async Task<string?> SendAsync(AppProcess app, Func<IHtmlDocument, IEnumerable<KeyValuePair<string, string>>> fields)
    {
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = app.Client.BaseAddress };
        using var page = await (await browser.GetAsync(new Uri("/sign-in?returnUrl=/exports", UriKind.Relative))).HtmlAsync();
        using var answer = await browser.PostAsync(new Uri("/sign-in", UriKind.Relative), new FormUrlEncodedContent(fields(page)));
        return answer.Headers.Location?.ToString();
    }

    private static async Task<HttpStatusCode> WithTokenAsync(AppProcess app)
    {
        using var program = new HttpClient { BaseAddress = app.Client.BaseAddress };
        program.DefaultRequestHeaders.Authorization = new("Bearer", DemoPeople.Token);
        return (await program.GetAsync(new Uri("/api/exports", UriKind.Relative))).StatusCode;
    }
}
