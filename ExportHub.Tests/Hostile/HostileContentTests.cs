using System.Net;
using System.Text.Json;
using ExportHub.Access;
using ExportHub.Tests.Access;

namespace ExportHub.Tests.Hostile;

/// <summary>A file is handed out to be saved and never to be shown, by whatever door and whatever is asked of it.</summary>
public sealed class HostileContentTests(HostileContentTests.Site site) : IClassFixture<HostileContentTests.Site>
{
    private static readonly IReadOnlyList<(string Format, string Options, string Type, string Ending)> Formats =
    [
        ("csv", "{}", "text/csv", "csv"), ("csv", """{"profile":"excel"}""", "text/csv", "csv"), ("csv", """{"compression":"gzip"}""", "application/gzip", "csv.gz"),
        ("csv", """{"compression":"zip"}""", "application/zip", "zip"), ("jsonl", "{}", "application/x-ndjson", "jsonl"),
        ("jsonl", """{"compression":"gzip"}""", "application/gzip", "jsonl.gz"), ("xlsx", "{}", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    ];

    private static readonly (string Method, string Query, string? Header, string? Value)[] Asked =
    [
        ("GET", "", null, null), ("HEAD", "", null, null), ("GET", "", "Range", "bytes=0-9"), ("GET", "", "Accept", "text/html"), ("GET", "?inline=true&disposition=inline", null, null),
        ("GET", "?fileName=evil.html&contentType=text/html", null, null), ("GET", "?format=html", "Accept", "application/xhtml+xml"), ("GET", "", "X-Content-Type-Options", "none"),
    ];

    public static TheoryData<int, int> Downloads
    {
        get
        {
            var all = new TheoryData<int, int>();
            for (var format = 0; format < Formats.Count; format++)
            {
                for (var asked = 0; asked < Asked.Length; asked++)
                {
                    all.Add(format, asked);
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Downloads))]
    public async Task A_file_is_an_attachment_of_its_exact_type_with_a_safe_name(int format, int asked)
    {
        var (_, _, type, ending) = Formats[format];
        var (method, query, header, value) = Asked[asked];
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/api/exports/{site.Exports[format]}/file{query}");
        _ = header is null || request.Headers.TryAddWithoutValidation(header, value);

        using var answer = await site.Access.App.Client.SendAsync(request);

        Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.PartialContent });
        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
        var disposition = answer.Content.Headers.ContentDisposition!;
        Assert.Equal("attachment", disposition.DispositionType);
        Assert.Matches($"^orders_[0-9T-]+\\.{ending.Replace(".", "\\.", StringComparison.Ordinal)}$", disposition.FileName!.Trim('"'));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("default-src 'none'; frame-ancestors 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.True(answer.Headers.CacheControl is { NoStore: true, Private: true });
        Assert.DoesNotContain(answer.Headers, one => one.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Access-Control-Request-Method", "POST")]
    public async Task No_other_site_is_let_read_it(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/exports/{site.Exports[0]}/file");
        request.Headers.Add(header, value);

        using var answer = await site.Access.App.Client.SendAsync(request);

        Assert.DoesNotContain(answer.Headers, one => one.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Resource-Policy")));
    }

    public sealed class Site : IAsyncLifetime
    {
        internal AccessApp Access { get; } = new();

        internal List<Guid> Exports { get; } = [];

        public async Task InitializeAsync()
        {
            await Access.InitializeAsync();
            foreach (var (format, options, _, _) in Formats)
            {
                var export = await Access.App.ExportAsync(new { dataset = "orders", format, limit = 100, options = JsonSerializer.Deserialize<JsonElement>(options) });
                Assert.Equal("completed", export.GetProperty("status").GetString());
                Exports.Add(export.GetProperty("id").GetGuid());
            }
        }

        public Task DisposeAsync() => Access.DisposeAsync();
    }
}
