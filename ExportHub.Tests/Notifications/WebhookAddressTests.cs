using System.Net;
using ExportHub.Notifications;
using ExportHub.Notifications.Webhooks;
using Microsoft.Extensions.Options;

namespace ExportHub.Tests.Notifications;

/// <summary>Where web hooks may not lead, however it is written.</summary>
public sealed class WebhookAddressTests
{
    private const string OpenHost = "93.184.216.34";

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://127.0.0.1:5432")]
    [InlineData("http://[::1]/")]
    [InlineData("http://0.0.0.0/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://0x7f000001/")]
    [InlineData("http://0177.0.0.1/")]
    [InlineData("http://127.1/")]
    [InlineData("http://[::ffff:10.0.0.1]/")]
    [InlineData("http://[::ffff:7f00:1]/")]
    [InlineData("http://[::127.0.0.1]/")]
    [InlineData("http://[64:ff9b::a9fe:a9fe]/")]
    [InlineData("http://[64:ff9b:1::a00:1]/")]
    [InlineData("http://[2002:7f00:1::]/")]
    [InlineData("http://[2002:c0a8:101::1]/")]
    [InlineData("http://[2001:0:5ef5:79fd::1]/")]
    [InlineData("http://[fe80::1]/")]
    [InlineData("http://[fd00:ec2::254]/")]
    [InlineData("http://[ff02::1]/")]
    [InlineData("http://[::]/")]
    [InlineData("http://[2001:db8::1]/")]
    [InlineData("https://10.1.2.3/")]
    [InlineData("https://172.16.0.1/")]
    [InlineData("https://172.31.255.255/")]
    [InlineData("https://192.168.1.1/")]
    [InlineData("https://100.64.0.1/")]
    [InlineData("https://198.18.0.1/")]
    [InlineData("https://192.0.0.192/")]
    [InlineData("https://224.0.0.1/")]
    [InlineData("https://255.255.255.255/")]
    [InlineData("https://user:secret@example.com/")]
    [InlineData("https://example.com/#part")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://example.com:6379/_FLUSHALL")]
    [InlineData("ftp://example.com/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("//example.com/")]
    [InlineData("https:///hook")]
    [InlineData("example.com")]
    [InlineData("")]
    [InlineData(null)]
    public async Task A_hostile_address_is_refused_with_a_sentence(string? url) =>
        Assert.EndsWith(".", await Address(OpenHost).RefuseAsync(url, default), StringComparison.Ordinal);

    [Theory]
    [InlineData("https://example.com/hook")]
    [InlineData("https://example.com:8443/hook?key=1")]
    [InlineData("https://93.184.216.34/")]
    [InlineData("https://[2606:2800:220:1::1]/")]
    [InlineData("https://172.32.0.1/")]
    [InlineData("https://100.128.0.1/")]
    public async Task An_address_of_the_open_network_is_taken(string url) => Assert.Null(await Address(OpenHost).RefuseAsync(url, default));

    [Fact]
    public async Task A_name_that_leads_inside_with_one_of_its_addresses_is_refused() =>
        Assert.NotNull(await Address(OpenHost, "10.0.0.1").RefuseAsync("https://example.com/", default));

    [Fact]
    public async Task Without_tls_only_where_the_setting_says_so()
    {
        Assert.Contains("https://", await new WebhookAddress(Options.Create(new WebhooksOptions()), Resolving(OpenHost)).RefuseAsync("http://example.com/", default), StringComparison.Ordinal);
        Assert.Null(await Address(OpenHost).RefuseAsync("http://example.com/", default));
    }

    [Fact]
    public async Task A_network_of_the_setting_is_taken_also_as_ipv6_writes_it()
    {
        var address = new WebhookAddress(Options.Create(new WebhooksOptions { AllowedNetworks = "10.1.0.0/16" }), Resolving(OpenHost));

        Assert.Null(await address.RefuseAsync("https://10.1.2.3/", default));
        Assert.Null(await address.RefuseAsync("https://[::ffff:10.1.2.3]/", default));
        Assert.NotNull(await address.RefuseAsync("https://10.2.0.1/", default));
    }

    [Fact]
    public async Task A_name_that_leads_inside_only_when_it_is_called_is_not_connected_to()
    {
        await using var listener = new HookServer();
        var asked = 0;
        // Public when it is saved, this machine when it counts.
        var address = new WebhookAddress(Options.Create(new WebhooksOptions { AllowHttp = true }), (_, _) => Task.FromResult(new[] { IPAddress.Parse(asked++ == 0 ? OpenHost : "127.0.0.1") }));
        var url = $"http://rebinding.example.com:{listener.Port}/";
        Assert.Null(await address.RefuseAsync(url, default));
        using var client = new WebhookClient(address, Options.Create(new WebhooksOptions { AllowHttp = true }), TimeProvider.System);

        var sent = await client.CallAsync(url, "secret", WebhookBody.Test(Guid.NewGuid(), DateTimeOffset.UnixEpoch), default);

        Assert.Equal(SentAs.Never, sent.As);
        Assert.DoesNotContain("127.0.0.1", sent.Answer, StringComparison.Ordinal);
        Assert.Equal(2, asked);
        Assert.Empty(listener.Calls);
    }

    private static WebhookAddress Address(params string[] addresses) => new(Options.Create(new WebhooksOptions { AllowHttp = true }), Resolving(addresses));

    private static ResolveHost Resolving(params string[] addresses) => (_, _) => Task.FromResult(addresses.Select(IPAddress.Parse).ToArray());
}
