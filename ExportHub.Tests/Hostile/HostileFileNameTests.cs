using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ExportHub.Access;
using ExportHub.Tests.Access;

namespace ExportHub.Tests.Hostile;

/// <summary>What senders call a file is compared with names and shown, and nothing else: no path, no header, no markup, no line of a log.</summary>
public sealed class HostileFileNameTests(HostileFileNameTests.Site site) : IClassFixture<HostileFileNameTests.Site>
{
    public static TheoryData<string> Names =>
    [
        "..%2F..%2F..%2Fetc%2Fpasswd", "..%5C..%5Cwindows%5Cwin.ini", "C%3A%5CUsers%5Ca.csv", "%2Fetc%2Fpasswd", "..", ".", "%00", "a%00.csv", "%00%00%00", "CON", "NUL.csv", "COM1", "LPT1.csv", "aux",
        "a%0D%0ASet-Cookie%3A%20evil%3Dyes", "a%0AFAKE%3A%20line", "%1B%5B2J%1B%5D0%3Bevil%07", "a%22%3B%20filename%3D%22b.exe", "%3Cimg%20src%3Dx%20onerror%3Dalert%281%29%3E", "'%20OR%201%3D1%20--",
        "%E2%80%AEvsc.exe", "%F0%9F%98%80.csv", "%ED%A0%80", "%FF%FE", "%", "%zz", "a.csv%3A%3A%24DATA", "~%2F.ssh%2Fid_rsa", "%24%28id%29", "%60id%60", "%7B0%7D", "a.csv.", "a%20.",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public Task By_the_endpoint_with_a_form(string name) => UnknownAsync(Part($"form-data; name=\"file\"; filename*=UTF-8''{name}"));

    [Theory]
    [MemberData(nameof(Names))]
    public Task By_the_endpoint_with_a_header(string name)
    {
        var content = new ByteArrayContent("not of us"u8.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        Assert.True(content.Headers.TryAddWithoutValidation("Content-Disposition", $"attachment; filename*=UTF-8''{name}"));
        return UnknownAsync(content);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task By_the_page(string name)
    {
        var token = await PageForms.TokenAsync(site.Anna);
        using var answer = await site.Anna.PostAsync(new Uri("/verify", UriKind.Relative), Part($"form-data; name=\"file\"; filename*=UTF-8''{name}", token));

        // A name that is empty once its path is taken away is no file.
        var page = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest, page);
        Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
        Assert.DoesNotContain(answer.Headers, header => header.Value.Any(value => value.Contains("evil", StringComparison.Ordinal)));
        site.AssertNothingWritten();
    }

    [Theory]
    [InlineData("filename=\"a\r\nSet-Cookie: evil=yes\"")]
    [InlineData("filename=\"=?utf-8?B?AA==?=\"")]
    [InlineData("filename=\"=?utf-16?B?ANg=?=\"")]
    [InlineData("filename=\"=?nonsense?B?!!!?=\"")]
    [InlineData("filename*=UTF-7''+AAA-")]
    [InlineData("filename*=nonsense")]
    [InlineData("filename=")]
    [InlineData("filename=\"unfinished")]
    [InlineData("filename=a; filename=b; filename*=UTF-8''c")]
    public Task A_name_in_a_spelling_of_its_own(string spelled) => UnknownAsync(Part($"form-data; name=\"file\"; {spelled}"));

    [Fact]
    public Task A_name_of_ten_thousand() => UnknownAsync(Part($"form-data; name=\"file\"; filename=\"{new string('a', 10_000)}\""));

    private async Task UnknownAsync(HttpContent content)
    {
        using var answer = await site.Api.PostAsync(new Uri("/api/verify", UriKind.Relative), content);

        var said = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"{(int)answer.StatusCode} {said}");
        Assert.Equal(answer.StatusCode == HttpStatusCode.OK, JsonDocument.Parse(said).RootElement.TryGetProperty("known", out var known));
        Assert.NotEqual(JsonValueKind.True, known.ValueKind);
        Assert.DoesNotContain(answer.Headers, header => header.Value.Any(value => value.Contains("evil", StringComparison.Ordinal)));
        site.AssertNothingWritten();
    }

    private static ByteArrayContent Part(string disposition, string? token = null)
    {
        var first = token is null ? "" : $"--x\r\nContent-Disposition: form-data; name=\"{PageForms.Token}\"\r\n\r\n{token}\r\n";
        var content = new ByteArrayContent(Encoding.Latin1.GetBytes($"{first}--x\r\nContent-Disposition: {disposition}\r\n\r\nnot of us\r\n--x--\r\n"));
        content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=x");
        return content;
    }

    public sealed class Site : IAsyncLifetime
    {
        private readonly AccessApp access = new();

        internal HttpClient Anna { get; private set; } = null!;

        internal HttpClient Api { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            await access.InitializeAsync();
            Anna = await access.SignedInAsync("anna");
            Api = await access.WithTokenAsync("anna", Scopes.Export);
        }

        public Task DisposeAsync() => access.DisposeAsync();

        internal void AssertNothingWritten() =>
            Assert.Empty(Directory.Exists(access.App.FilesFolder) ? Directory.GetFiles(access.App.FilesFolder, "*", SearchOption.AllDirectories) : []);
    }
}
