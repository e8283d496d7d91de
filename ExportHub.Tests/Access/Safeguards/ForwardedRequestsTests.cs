using System.Net;
using System.Net.Http.Json;
using Dapper;
using Npgsql;

namespace ExportHub.Tests.Access.Safeguards;

/// <summary>Headers that a proxy in front adds. The test is the proxy: it connects from 127.0.0.1, to a real port.</summary>
public sealed class ForwardedRequestsTests : IAsyncLifetime
{
    private readonly AccessApp access = new();

    public Task InitializeAsync()
    {
        access.App.OnPort().With("Access:RequireHttps", "true");
        return access.App.InitializeAsync();
    }

    public Task DisposeAsync() => access.DisposeAsync();

    [Fact]
    public async Task A_known_proxy_says_who_asks_and_that_it_came_over_https()
    {
        access.App.With("Access:KnownProxies", "127.0.0.1, ::1").With("AllowedHosts", "exports.example;127.0.0.1");

        using var answer = await AskAsync("/sign-in");

        Assert.Contains("max-age=31536000", answer.Headers.GetValues("Strict-Transport-Security").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("came over http", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("203.0.113.9", await AddressOfARequestAsync());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("10.0.0.0/8")]
    public async Task Of_anybody_else_nothing_is_believed(string? known)
    {
        access.App.With("Access:KnownProxies", known ?? "");

        using var answer = await AskAsync("/sign-in");

        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
        Assert.Equal("127.0.0.1", await AddressOfARequestAsync());
    }

    [Fact]
    public async Task A_host_that_is_not_allowed_is_not_believed_from_a_proxy_either()
    {
        access.App.With("Access:KnownProxies", "127.0.0.1").With("AllowedHosts", "other.example;127.0.0.1");

        using var answer = await AskAsync("/sign-in");

        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public void A_proxy_that_is_mistyped_stops_the_start()
    {
        access.App.With("Access:KnownProxies", "10.0.0.300");

        var fault = Assert.ThrowsAny<Exception>(() => access.App.Services);

        Assert.Contains("Access:KnownProxies must be addresses or networks", fault.ToString(), StringComparison.Ordinal);
        Assert.Contains("10.0.0.300", fault.ToString(), StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> AskAsync(string address)
    {
        using var request = Forwarded(HttpMethod.Get, address);
        return await access.App.NewStranger().SendAsync(request);
    }

    /// <summary>As the audit keeps it.</summary>
    private async Task<string?> AddressOfARequestAsync()
    {
        using var request = Forwarded(HttpMethod.Post, "/api/exports");
        request.Content = JsonContent.Create(new { dataset = "orders", format = "csv" });
        Assert.Equal(HttpStatusCode.Accepted, (await access.App.Client.SendAsync(request)).StatusCode);
        await using var connection = new NpgsqlConnection(access.App.Database.ConnectionString);
        return await connection.QuerySingleAsync<string>("SELECT address FROM exporthub.audit WHERE act = 'request'");
    }

    private static HttpRequestMessage Forwarded(HttpMethod method, string address) => new(method, address)
    {
        Headers = { { "X-Forwarded-For", "203.0.113.9" }, { "X-Forwarded-Proto", "https" }, { "X-Forwarded-Host", "exports.example" } },
    };
}
