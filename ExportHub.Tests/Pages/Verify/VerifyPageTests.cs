using System.Net;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace ExportHub.Tests.Pages.Verify;

public sealed class VerifyPageTests : IAsyncLifetime
{
    private const int Most = 100_000;

    private readonly TestApp app = new TestApp().With("Files:MaxVerifyBytes", $"{Most}");

    public Task InitializeAsync() => app.InitializeAsync();

    public Task DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_file_is_checked_without_script()
    {
        var export = await app.ExportAsync(new { dataset = "orders", format = "csv", limit = 10 });
        var file = await app.DownloadAsync(export);

        var page = await (await SendAsync("/verify", file)).HtmlAsync();

        Assert.Equal("Yes, it is unchanged", page.QuerySelector("#answer")!.TextContent);
        Assert.Equal($"/exports/{export.GetProperty("id").GetString()}", page.QuerySelector("#answer-of a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task A_changed_file_is_told_from_the_one_that_is_named()
    {
        var export = await app.ExportAsync(new { dataset = "orders", format = "csv", limit = 10 });

        var page = await (await SendAsync($"/verify?export={export.GetProperty("id").GetString()}", "changed"u8.ToArray())).HtmlAsync();

        Assert.Equal("No, this is not that file", page.QuerySelector("#answer")!.TextContent);
        Assert.Contains(export.GetProperty("download").GetProperty("sha256").GetString()!, page.QuerySelector("#answer-of")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Choose a file or give its SHA-256.")]
    [InlineData("abc", "A SHA-256 has 64 digits, each from 0 to 9 or a to f.")]
    public async Task A_wrong_hash_is_said_and_kept(string hash, string fault)
    {
        var answer = await SendAsync("/verify", null, hash);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = await answer.HtmlAsync();
        Assert.Equal(fault, page.QuerySelector("[role=alert] p")!.TextContent);
        Assert.Equal(hash, page.QuerySelector("#sha256")!.GetAttribute("value") ?? "");
    }

    [Fact]
    public async Task A_file_over_the_setting_is_said_in_words()
    {
        var answer = await SendAsync("/verify", new byte[Most + 1]);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("100 KB", (await answer.HtmlAsync()).QuerySelector("[role=alert] p")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("forged")]
    public async Task A_form_that_is_not_of_this_site_is_refused(string? token)
    {
        await app.PageAsync("/verify");
        var content = new MultipartFormDataContent { { new StringContent(new string('a', 64)), "sha256" } };
        if (token is not null)
        {
            content.Add(new StringContent(token), "__RequestVerificationToken");
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await app.Client.PostAsync("/verify", content)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await app.Client.PostAsync("/verify", new StringContent("sha256=a", Encoding.UTF8, "application/x-www-form-urlencoded"))).StatusCode);
    }

    [Fact]
    public async Task An_export_without_a_file_cannot_be_compared_with() =>
        Assert.Equal(HttpStatusCode.NotFound, (await app.Client.GetAsync($"/verify?export={Guid.NewGuid()}")).StatusCode);

    /// <summary>As a browser does: the fields in the order of the page, and a file without a name where none was chosen.</summary>
    private async Task<HttpResponseMessage> SendAsync(string address, byte[]? file, string hash = "")
    {
        var form = (await app.PageAsync(address)).QuerySelector<IHtmlFormElement>("main form")!;
        var content = new MultipartFormDataContent();
        foreach (var input in form.QuerySelectorAll<IHtmlInputElement>("input[name]"))
        {
            if (input.Type == "file")
            {
                var part = new ByteArrayContent(file ?? []);
                part.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"file\"; filename=\"{(file is null ? "" : "some.csv")}\"");
                content.Add(part);
            }
            else
            {
                content.Add(new StringContent(input.Name == "sha256" ? hash : input.Value), input.Name!);
            }
        }

        return await app.Client.PostAsync(new Uri(form.GetAttribute("action")!, UriKind.Relative), content);
    }
}
