using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ExportHub.Notifications;
using ExportHub.Notifications.Webhooks;
using Microsoft.Extensions.Options;

namespace ExportHub.Tests.Notifications;

/// <summary>One call of a web hook: what is sent, and what each answer means.</summary>
public sealed class WebhookClientTests
{
    private const string Secret = "whsec_test";

    private static readonly WebhookBody Body = WebhookBody.Test(Guid.Parse("0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a"), DateTimeOffset.UnixEpoch);

    [Fact]
    public async Task A_receiver_can_check_the_signature_with_the_secret_alone()
    {
        await using var server = new HookServer();

        Assert.Equal(SentAs.Arrived, (await CallAsync(server)).As);

        var call = Assert.Single(server.Calls);
        var parts = call.Headers["ExportHub-Signature"].Split(',').Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part[1]);
        byte[] signed = [.. Encoding.UTF8.GetBytes(parts["t"] + "."), .. call.Body];
        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), signed);
        Assert.Equal(Convert.ToHexStringLower(expected), parts["v1"]);
        Assert.InRange(long.Parse(parts["t"], System.Globalization.CultureInfo.InvariantCulture), DateTimeOffset.UtcNow.AddMinutes(-5).ToUnixTimeSeconds(), DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        Assert.Equal("0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a", call.Headers["ExportHub-Delivery"]);
        Assert.Equal("test", JsonDocument.Parse(call.Body).RootElement.GetProperty("kind").GetString());
        Assert.False(call.Headers.ContainsKey("Cookie"));
    }

    [Theory]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n", nameof(SentAs.Arrived))]
    [InlineData("HTTP/1.1 500 Broken\r\nContent-Length: 0\r\n\r\n", nameof(SentAs.Later))]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", nameof(SentAs.Later))]
    [InlineData("HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n", nameof(SentAs.Never))]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\ncut", nameof(SentAs.Arrived))]
    [InlineData("nonsense\r\n\r\n", nameof(SentAs.Later))]
    public async Task Each_answer_means_what_it_says(string answer, string meaning)
    {
        await using var server = new HookServer { Answer = (_, stream, cancel) => HookServer.SayAsync(stream, answer, cancel) };

        Assert.Equal(meaning, (await CallAsync(server)).As.ToString());
    }

    [Fact]
    public async Task A_redirect_to_metadata_is_not_followed()
    {
        await using var elsewhere = new HookServer();
        await using var server = new HookServer
        {
            Answer = (_, stream, cancel) => HookServer.SayAsync(stream, $"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:{elsewhere.Port}/latest/meta-data\r\nContent-Length: 0\r\n\r\n", cancel),
        };

        var sent = await CallAsync(server);

        Assert.Equal(SentAs.Later, sent.As);
        Assert.Contains("not followed", sent.Answer, StringComparison.Ordinal);
        Assert.Empty(elsewhere.Calls);
    }

    [Fact]
    public async Task Of_an_endless_answer_no_more_is_read_than_64_KB_and_what_a_socket_holds()
    {
        long written = 0;
        var hungUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new HookServer
        {
            Answer = async (_, stream, cancel) =>
            {
                try
                {
                    await HookServer.SayAsync(stream, "HTTP/1.1 200 OK\r\n\r\n", cancel);
                    var chunk = new byte[64 * 1024];
                    while (true)
                    {
                        await stream.WriteAsync(chunk, cancel);
                        written += chunk.Length;
                    }
                }
                catch (IOException)
                {
                    hungUp.SetResult();
                }
            },
        };

        Assert.Equal(SentAs.Arrived, (await CallAsync(server)).As);

        await hungUp.Task.WaitAsync(TimeSpan.FromSeconds(60));
        // Buffers of both sockets are a few megabytes at the most.
        Assert.InRange(written, 0, 32 * 1024 * 1024);
    }

    [Fact]
    public async Task An_answer_that_does_not_come_is_waited_for_no_longer_than_the_setting()
    {
        await using var server = new HookServer { Answer = (_, _, cancel) => Task.Delay(Timeout.Infinite, cancel) };
        var watch = Stopwatch.StartNew();

        var sent = await CallAsync(server, TimeSpan.FromSeconds(1));

        Assert.Equal(SentAs.Later, sent.As);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0.9, 15);
    }

    private static async Task<Sent> CallAsync(HookServer server, TimeSpan? timeout = null)
    {
        var options = Options.Create(new WebhooksOptions { AllowHttp = true, AllowedNetworks = "127.0.0.1", Timeout = timeout ?? TimeSpan.FromSeconds(30) });
        using var client = new WebhookClient(new WebhookAddress(options, System.Net.Dns.GetHostAddressesAsync), options, TimeProvider.System);
        return await client.CallAsync($"http://127.0.0.1:{server.Port}/hook", Secret, Body, default);
    }
}
