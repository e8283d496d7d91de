using System.Net;
using AngleSharp.Html.Dom;
using ExportHub.Tests.Pages;
using ExportHub.Tests.Processes;

namespace ExportHub.Tests.Database;

public sealed class ProtectionKeysTests(DemoDatabase database) : IClassFixture<DemoDatabase>, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("exporthub-keys-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_form_that_one_instance_shows_may_be_sent_to_another()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        // A cookie belongs to a host whatever the port, so one browser serves both, as behind a load balancer.
        using var browser = TestApp.AsAdministrator(new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }));

        var shown = await browser.GetAsync(new Uri(first.Client.BaseAddress!, "/request/orders"));
        var form = (IHtmlFormElement)(await shown.HtmlAsync()).QuerySelector("main form[method=post]")!;
        var sent = await browser.PostAsync(
            new Uri(second.Client.BaseAddress!, form.GetAttribute("action")!), new FormUrlEncodedContent(Form.Fields(form)));

        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        Assert.Matches("^/exports/[0-9a-f-]{36}$", sent.Headers.Location!.ToString());
    }

    private Task<AppProcess> StartAsync() => AppProcess.StartAsync(
        ("ConnectionStrings:ExportHub", database.ConnectionString),
        ("Demo:Seed", "true"),
        ("Files:Folder", Path.Combine(folder.FullName, "files")));
}
