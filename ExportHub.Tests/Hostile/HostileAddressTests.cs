using System.Net;

namespace ExportHub.Tests.Hostile;

/// <summary>Ids that are none. Nothing is found, nothing breaks, no header is added.</summary>
public sealed class HostileAddressTests(HostileAddressTests.Site site) : IClassFixture<HostileAddressTests.Site>
{
    private static readonly IReadOnlyList<(string Method, string Address)> Doors =
    [
        ("GET", "/api/exports/{id}"), ("POST", "/api/exports/{id}/cancel"), ("POST", "/api/exports/{id}/retry"), ("GET", "/api/exports/{id}/file"), ("GET", "/api/exports/{id}/receipt"),
        ("GET", "/exports/{id}"), ("GET", "/api/datasets/{id}"), ("GET", "/request/{id}"), ("GET", "/{id}"),
    ];

    public static TheoryData<string, string> Strange
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var (method, address) in Doors)
            {
                foreach (var id in Attacks.Ids)
                {
                    all.Add(method, address.Replace("{id}", id, StringComparison.Ordinal));
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Strange))]
    public async Task What_is_no_id_is_not_found(string method, string address)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(site.App.Client.BaseAddress + address[1..], new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));

        using var answer = await site.App.Client.SendAsync(request);

        Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.NotFound, HttpStatusCode.BadRequest });
        Assert.False(answer.Headers.Contains("Set-Cookie") && answer.Headers.GetValues("Set-Cookie").Any(cookie => cookie.StartsWith("a=", StringComparison.Ordinal)));
        Assert.DoesNotMatch(@"   at |Exception|root:x", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_address_of_ten_thousand_characters_is_too_long()
    {
        using var answer = await site.App.Client.GetAsync($"/api/exports/{new string('0', 10_000)}");

        Assert.Equal(HttpStatusCode.RequestUriTooLong, answer.StatusCode);
    }

    /// <summary>On a port, because only there an address arrives as it was written.</summary>
    public sealed class Site : IAsyncLifetime
    {
        public TestApp App { get; } = new TestApp().OnPort();

        public Task InitializeAsync() => App.InitializeAsync();

        public Task DisposeAsync() => App.DisposeAsync();
    }
}
