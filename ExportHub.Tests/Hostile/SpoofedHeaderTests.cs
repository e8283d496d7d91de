using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using ExportHub.Access;
using ExportHub.Tests.Access;

namespace ExportHub.Tests.Hostile;

/// <summary>Headers in which somebody who is no known proxy says what a proxy would: they change nothing.</summary>
public sealed partial class SpoofedHeaderTests(SpoofedHeaderTests.Site site) : IClassFixture<SpoofedHeaderTests.Site>
{
    public static TheoryData<string, string> Spoofed => new()
    {
        { "X-Forwarded-For", "203.0.113.9" },
        { "X-Forwarded-For", "203.0.113.9, 127.0.0.1" },
        { "X-Forwarded-For", "'; DROP TABLE orders; --" },
        { "X-Forwarded-Host", "evil.example" },
        { "X-Forwarded-Proto", "https" },
        { "X-Forwarded-Prefix", "/evil" },
        { "X-Forwarded-Port", "1" },
        { "X-Forwarded-Server", "evil.example" },
        { "X-Forwarded-User", "admin" },
        { "Forwarded", "for=203.0.113.9;host=evil.example;proto=https" },
        { "X-Original-For", "203.0.113.9" },
        { "X-Original-Host", "evil.example" },
        { "X-Original-URL", "/admin/users" },
        { "X-Rewrite-URL", "/admin/users" },
        { "X-Original-Method", "DELETE" },
        { "X-HTTP-Method-Override", "DELETE" },
        { "X-HTTP-Method", "DELETE" },
        { "X-Method-Override", "DELETE" },
        { "X-Host", "evil.example" },
        { "X-Real-IP", "203.0.113.9" },
        { "X-Client-IP", "203.0.113.9" },
        { "True-Client-IP", "203.0.113.9" },
        { "CF-Connecting-IP", "203.0.113.9" },
        { "X-Remote-User", "admin" },
        { "Remote-User", "admin" },
        { "X-User", "admin" },
        { "X-Email", "admin@exports.example" },
        { "X-Groups", "admin" },
        { "X-Auth-Request-User", "admin" },
        { "X-ARR-ClientCert", "AAAA" },
        { "Front-End-Https", "on" },
    };

    [Theory]
    [MemberData(nameof(Spoofed))]
    public async Task A_header_of_somebody_who_is_no_proxy_changes_nothing(string header, string value)
    {
        foreach (var (client, method, address) in new[]
        {
            (site.Stranger, "GET", "/exports"), (site.Stranger, "GET", "/api/exports"), (site.Anna, "GET", "/admin/users"), (site.Anna, "GET", "/exports"), (site.Anna, "GET", "/api/exports"),
            (site.Anna, "POST", "/api/exports"), (site.Anna, "POST", "/api/exports/0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a/cancel"),
        })
        {
            Assert.Equal(await AskAsync(client, method, address), await AskAsync(client, method, address, header, value));
        }
    }

    [Theory]
    [MemberData(nameof(Spoofed))]
    public async Task The_audit_has_the_address_that_spoke(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/exports/{site.Export}/file");
        Assert.True(request.Headers.TryAddWithoutValidation(header, value));
        using var answer = await site.Anna.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        var entry = (await site.Access.App.Database.AuditAsync(site.Export, AuditActs.Download))[^1];

        Assert.Equal(("anna", "token", "127.0.0.1"), (entry.Who, entry.How, entry.Address));
    }

    /// <summary>What could tell that the header was believed, without what is another each time or comes once, as the cookie of forms does.</summary>
    private static async Task<string> AskAsync(HttpClient client, string method, string address, string? header = null, string? value = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        request.Content = address == "/api/exports" && method == "POST" ? JsonContent.Create(new { dataset = "orders", format = "csv", limit = 1 }) : null;
        request.Headers.Add("Idempotency-Key", "spoofed");
        if (header is not null)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(header, value));
        }

        using var answer = await client.SendAsync(request);
        var cookies = answer.Headers.TryGetValues("Set-Cookie", out var set) ? string.Join(' ', set.Where(cookie => !cookie.StartsWith("exporthub-form", StringComparison.Ordinal)).Select(cookie => Passing().Replace(cookie, "=…"))) : "";
        var said = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain("evil.example", said, StringComparison.Ordinal);
        return $"{(int)answer.StatusCode} {answer.Headers.Location} {answer.Content.Headers.ContentType} {cookies}";
    }

    [GeneratedRegex("=[^;]+")]
    private static partial Regex Passing();

    /// <summary>On a port, so that there is an address that speaks.</summary>
    public sealed class Site : IAsyncLifetime
    {
        internal AccessApp Access { get; } = new();

        internal HttpClient Anna { get; private set; } = null!;

        internal HttpClient Stranger { get; private set; } = null!;

        internal Guid Export { get; private set; }

        public async Task InitializeAsync()
        {
            Access.App.OnPort();
            await Access.InitializeAsync();
            (Anna, Stranger) = (await Access.WithTokenAsync("anna", Scopes.Export), Access.NewClient());
            var answer = await Anna.PostAsJsonAsync("/api/exports", new { dataset = "orders", format = "csv", limit = 2 });
            Export = (await answer.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>()).GetProperty("id").GetGuid();
            await Access.App.EndAsync(Export);
        }

        public Task DisposeAsync() => Access.DisposeAsync();
    }
}
