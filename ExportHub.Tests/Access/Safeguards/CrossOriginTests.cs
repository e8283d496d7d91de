using System.Net;

namespace ExportHub.Tests.Access.Safeguards;

/// <summary>What another site makes a browser send in the name of its user.</summary>
public sealed class CrossOriginTests(AccessApp access) : IClassFixture<AccessApp>
{
    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", true)]
    [InlineData("Sec-Fetch-Site", "same-site", true)]
    [InlineData("Sec-Fetch-Site", "same-origin", false)]
    [InlineData("Sec-Fetch-Site", "none", false)]
    [InlineData("Origin", "https://evil.example", true)]
    [InlineData("Origin", "http://localhost.evil.example", true)]
    [InlineData("Origin", "http://localhost:8443", true)]
    [InlineData("Origin", "null", true)]
    [InlineData("Origin", "nonsense", true)]
    [InlineData("Origin", "http://localhost", false)]
    [InlineData("Accept", "*/*", false)]
    public async Task A_change_that_another_site_sends_is_refused(string header, string value, bool refused)
    {
        var anna = await access.SignedInAsync("anna");
        using var cancel = new HttpRequestMessage(HttpMethod.Post, $"/api/exports/{Guid.CreateVersion7()}/cancel");
        cancel.Headers.Add(header, value);

        var answer = await anna.SendAsync(cancel);

        Assert.Equal(refused ? HttpStatusCode.Forbidden : HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Looking_is_not_refused()
    {
        var anna = await access.SignedInAsync("anna");
        using var look = new HttpRequestMessage(HttpMethod.Get, "/exports");
        look.Headers.Add("Sec-Fetch-Site", "cross-site");

        Assert.Equal(HttpStatusCode.OK, (await anna.SendAsync(look)).StatusCode);
    }
}
