using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ExportHub.Tests.Api;

public sealed class VerifyEndpointTests : IAsyncLifetime
{
    private const int Most = 5_000_000;

    private readonly TestApp app = new TestApp().With("Files:MaxVerifyBytes", $"{Most}");
    private JsonElement export;
    private byte[] file = [];

    private string Id => export.GetProperty("id").GetString()!;

    public async Task InitializeAsync()
    {
        await app.InitializeAsync();
        export = await app.ExportAsync(new { dataset = "orders", format = "csv" });
        file = await app.DownloadAsync(export);
    }

    public Task DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_file_is_known_by_its_bytes_however_it_is_sent()
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(file));
        HttpContent[] ways =
        [
            File(file, "application/octet-stream"), File(file, "text/csv"), Form("other-name.csv", file),
            JsonContent.Create(new { sha256 = hash }), JsonContent.Create(new { sha256 = $" {hash.ToUpperInvariant()}\n" }),
        ];

        foreach (var way in ways)
        {
            var answer = await VerifyAsync(way);

            Assert.Equal((true, true, hash), (Flag(answer, "known"), Flag(answer, "unchanged"), answer.GetProperty("sha256").GetString()));
            Assert.Equal(Id, answer.GetProperty("export").GetProperty("id").GetString());
            Assert.Equal(export.GetProperty("download").GetProperty("fileName").GetString(), answer.GetProperty("export").GetProperty("fileName").GetString());
            Assert.Contains("exactly what ExportHub wrote", answer.GetProperty("message").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_changed_file_is_compared_with_the_export_of_its_name()
    {
        file[10] ^= 1;

        var answer = await VerifyAsync(Form(export.GetProperty("download").GetProperty("fileName").GetString()!, file));

        Assert.Equal((false, false), (Flag(answer, "known"), Flag(answer, "unchanged")));
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("export").ValueKind);
        Assert.Equal(Id, answer.GetProperty("claimed").GetProperty("id").GetString());
        Assert.Equal(export.GetProperty("download").GetProperty("sha256").GetString(), answer.GetProperty("claimed").GetProperty("sha256").GetString());
        Assert.NotEqual(answer.GetProperty("claimed").GetProperty("sha256").GetString(), answer.GetProperty("sha256").GetString());
    }

    [Fact]
    public async Task A_name_in_the_header_is_compared_too_and_proves_nothing()
    {
        var foreign = File("not of us"u8.ToArray(), "application/octet-stream");
        foreign.Headers.ContentDisposition = new("attachment") { FileName = export.GetProperty("download").GetProperty("fileName").GetString() };

        var answer = await VerifyAsync(foreign);

        Assert.Equal((false, false), (Flag(answer, "known"), Flag(answer, "unchanged")));
    }

    [Fact]
    public async Task A_file_of_another_export_is_not_the_one_that_is_named()
    {
        var other = await app.ExportAsync(new { dataset = "orders", format = "csv", limit = 3 });

        var answer = await VerifyAsync(File(await app.DownloadAsync(other), "application/octet-stream"), $"?export={Id}");

        Assert.Equal((true, false), (Flag(answer, "known"), Flag(answer, "unchanged")));
        Assert.Equal(other.GetProperty("id").GetString(), answer.GetProperty("export").GetProperty("id").GetString());
        Assert.Equal(Id, answer.GetProperty("claimed").GetProperty("id").GetString());
    }

    [Fact]
    public async Task Of_an_unknown_file_nothing_is_claimed()
    {
        var answer = await VerifyAsync(File([], "application/octet-stream"));

        Assert.Equal((false, JsonValueKind.Null, 0), (Flag(answer, "known"), answer.GetProperty("unchanged").ValueKind, answer.GetProperty("bytes").GetInt64()));
    }

    [Theory]
    [InlineData("""{ "sha256": "abc" }""", "application/json")]
    [InlineData("{}", "application/json")]
    [InlineData("", null)]
    [InlineData("--x\r\nContent-Disposition: form-data; name=\"sha256\"\r\n\r\nabc\r\n--x--\r\n", "multipart/form-data; boundary=x")]
    [InlineData("--x\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\nabc\r\n--x--\r\n", "multipart/form-data; boundary=x")]
    public async Task What_is_no_hash_is_a_fault_of_that_field(string body, string? type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);

        var problem = await ExportEndpointsTests.AssertProblemAsync(await app.Client.PostAsync("/api/verify", content), 400);

        Assert.True(problem.GetProperty("errors").TryGetProperty("sha256", out _));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_over_the_setting_is_too_large(bool chunked)
    {
        var content = File(new byte[Most + 1], "application/octet-stream");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/verify") { Content = content };
        request.Headers.TransferEncodingChunked = chunked;

        var problem = await ExportEndpointsTests.AssertProblemAsync(await app.Client.SendAsync(request), 413);

        Assert.Contains($"{Most}", problem.GetProperty("title").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_cut_off_is_a_bad_request()
    {
        var content = new ByteArrayContent("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nno end"u8.ToArray());
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");

        await ExportEndpointsTests.AssertProblemAsync(await app.Client.PostAsync("/api/verify", content), 400);
    }

    [Fact]
    public async Task An_export_that_does_not_exist_cannot_be_compared_with() => await ExportEndpointsTests.AssertProblemAsync(
        await app.Client.PostAsync($"/api/verify?export={Guid.NewGuid()}", File(file, "application/octet-stream")), 404);

    private static ByteArrayContent File(byte[] bytes, string type)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return content;
    }

    private static MultipartFormDataContent Form(string name, byte[] bytes) => new() { { File(bytes, "application/octet-stream"), "file", name } };

    private static bool Flag(JsonElement answer, string name) => answer.GetProperty(name).GetBoolean();

    private async Task<JsonElement> VerifyAsync(HttpContent content, string query = "")
    {
        var answer = await app.Client.PostAsync(new Uri("/api/verify" + query, UriKind.Relative), content);
        var document = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(answer.IsSuccessStatusCode, document.ToString());
        return document;
    }
}
