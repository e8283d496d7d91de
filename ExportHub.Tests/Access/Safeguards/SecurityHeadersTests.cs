namespace ExportHub.Tests.Access.Safeguards;

public sealed class SecurityHeadersTests(AccessApp access) : IClassFixture<AccessApp>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/sign-in")]
    [InlineData("/nowhere")]
    [InlineData("/site.css")]
    [InlineData("/api/datasets")]
    [InlineData("/api/nowhere")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/health/live")]
    [InlineData("/hangfire")]
    public async Task Every_answer_tells_a_browser_what_it_may_do_with_it(string address)
    {
        foreach (var client in new[] { access.NewClient(), access.App.Client })
        {
            var headers = (await client.GetAsync(new Uri(address, UriKind.Relative))).Headers;

            Assert.Contains("frame-ancestors 'none'", headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.DoesNotContain("script-src", headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.Equal("nosniff", headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("no-referrer", headers.GetValues("Referrer-Policy").Single());
            Assert.Equal("same-origin", headers.GetValues("Cross-Origin-Opener-Policy").Single());
            Assert.False(headers.Contains("Server"));
        }
    }
}
