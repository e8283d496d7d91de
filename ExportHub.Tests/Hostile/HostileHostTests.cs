using System.Net;
using ExportHub.Tests.Access;

namespace ExportHub.Tests.Hostile;

/// <summary>With `AllowedHosts`, ExportHub answers to its own name alone, so that no address it writes leads elsewhere.</summary>
public sealed class HostileHostTests(HostileHostTests.Site site) : IClassFixture<HostileHostTests.Site>
{
    [Theory]
    [InlineData("exports.example", true)]
    [InlineData("EXPORTS.EXAMPLE", true)]
    [InlineData("exports.example:8443", true)]
    [InlineData("evil.example", false)]
    [InlineData("exports.example.evil.example", false)]
    [InlineData("evil.exports.example", false)]
    [InlineData("evilexports.example", false)]
    [InlineData("exports.example@evil.example", false)]
    [InlineData("evil.example#exports.example", false)]
    [InlineData("evil.example/exports.example", false)]
    [InlineData("evil.example\\exports.example", false)]
    [InlineData("evil.example:exports.example", false)]
    [InlineData("exports.example:evil", false)]
    [InlineData("exports.example evil.example", false)]
    [InlineData("exports.example, evil.example", false)]
    [InlineData("exports.example\r\nHost: evil.example", false)]
    [InlineData("exports.example.", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("localhost", false)]
    [InlineData("[::1]", false)]
    [InlineData("*", false)]
    [InlineData("ëxports.example", false)]
    public async Task It_answers_to_its_own_name_alone(string host, bool answers)
    {
        var said = await RawDoor.AskAsync(site.Address, $"GET /exports HTTP/1.1\r\nHost: {host}\r\n");

        Assert.True(RawDoor.StatusOf(said) == (answers ? 302 : 400), $"{host}: {said}");
        Assert.DoesNotContain("evil.example", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET http://evil.example/exports HTTP/1.1\r\nHost: exports.example\r\n")]
    [InlineData("GET //evil.example/exports HTTP/1.1\r\nHost: exports.example\r\n")]
    [InlineData("GET /exports HTTP/1.1\r\nHost: exports.example\r\nX-Forwarded-Host: evil.example\r\n")]
    [InlineData("GET /exports HTTP/1.1\r\nHost: \r\n")]
    [InlineData("GET /exports HTTP/1.0\r\nX-Forwarded-Host: evil.example\r\n")]
    public async Task No_way_of_asking_makes_it_write_anothers_name(string head)
    {
        var said = await RawDoor.AskAsync(site.Address, head);

        Assert.InRange(RawDoor.StatusOf(said), 300, 404);
        Assert.DoesNotMatch("(?im)^Location: (https?:)?//evil", said);
    }

    public sealed class Site : IAsyncLifetime
    {
        private readonly AccessApp access = new();

        internal Uri Address { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            access.App.OnPort().With("AllowedHosts", "exports.example");
            await access.InitializeAsync();
            Address = access.App.Client.BaseAddress!;
        }

        public Task DisposeAsync() => access.DisposeAsync();
    }
}
