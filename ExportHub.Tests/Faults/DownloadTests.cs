using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using ExportHub.Files;
using ExportHub.Tests.Api;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace ExportHub.Tests.Faults;

/// <summary>A download gives the right bytes or a clear error, whatever happens to the file meanwhile.</summary>
public sealed class DownloadTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly TestApp app = new TestApp().OnPort();

    public async Task InitializeAsync()
    {
        await app.InitializeAsync();
        await app.WriteDatasetAsync("wide", """{ "query": "SELECT n AS id, repeat(md5(n::text), 3) AS filler FROM generate_series(1, 60000) AS n", "key": ["id"] }""");
    }

    public Task DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Ranges_of_a_file_that_expires_or_is_deleted_are_the_right_bytes_or_gone(bool expires)
    {
        var document = await app.ExportAsync(new { dataset = "wide", format = "csv" });
        var whole = await app.DownloadAsync(document);
        var id = document.GetProperty("id").GetGuid();
        var answers = new ConcurrentBag<HttpStatusCode>();
        using var gone = new CountdownEvent(1);
        var readers = Enumerable.Range(1, 4).Select(seed => Task.Run(() => ReadRangesAsync(id, whole, new Random(seed), answers, gone))).ToList();
        await Until.TrueAsync(() => answers.Count > (FaultForm.Long ? 1000 : 100), "ranges read");

        await RemoveAsync(id, expires);
        await Until.TrueAsync(() => answers.Contains(HttpStatusCode.Gone), "an answer that the file is gone");
        gone.Signal();
        await Task.WhenAll(readers);

        output.WriteLine(string.Join(", ", answers.CountBy(status => status).Select(status => $"{status.Value} x {status.Key}")));
        Assert.Equal([HttpStatusCode.PartialContent, HttpStatusCode.Gone], answers.Distinct().Order());
    }

    [LinuxFact]
    public async Task A_download_that_has_begun_is_whole_although_the_file_is_removed()
    {
        var document = await app.ExportAsync(new { dataset = "wide", format = "csv" });
        var whole = await app.DownloadAsync(document);
        var id = document.GetProperty("id").GetGuid();
        using var answer = await app.Client.GetAsync($"/api/exports/{id}/file", HttpCompletionOption.ResponseHeadersRead);

        await RemoveAsync(id, expires: true);
        await Until.TrueAsync(async () => (await app.StatusAsync(id)).Text("status") == "expired", "expiry");

        Assert.Equal(whole, await answer.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData(nameof(Damage.Fails))]
    [InlineData(nameof(Damage.Short))]
    public async Task A_file_that_cannot_be_read_to_its_end_is_never_a_download_that_seems_whole(string damage)
    {
        var plan = new FaultPlan(StoreCall.Read, Enum.Parse<Damage>(damage), First: 20, Times: int.MaxValue / 2);
        app.With(services => services.AddSingleton<IFileStore>(new FaultyStore(app.FilesFolder, plan)));
        var document = await app.ExportAsync(new { dataset = "wide", format = "csv" });

        await Assert.ThrowsAsync<HttpRequestException>(() => app.DownloadAsync(document));
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_said_to_be_away_and_not_the_file()
    {
        var never = new FaultPlan(StoreCall.Read, Damage.Fails, First: int.MaxValue, Times: 0);
        var store = new FaultyStore(app.FilesFolder, never) { BeforeOpen = () => throw new IOException("By plan.") };
        app.With(services => services.AddSingleton<IFileStore>(store));
        var document = await app.ExportAsync(new { dataset = "wide", format = "csv" });

        var answer = await app.Client.GetAsync(new Uri(document.GetProperty("download").GetProperty("url").GetString()!, UriKind.Relative));

        await ExportEndpointsTests.AssertProblemAsync(answer, 503);
    }

    private async Task ReadRangesAsync(Guid id, byte[] whole, Random random, ConcurrentBag<HttpStatusCode> answers, CountdownEvent gone)
    {
        while (!gone.IsSet)
        {
            var from = random.Next(whole.Length);
            var to = random.Next(from, whole.Length);
            using var ask = new HttpRequestMessage(HttpMethod.Get, new Uri($"/api/exports/{id}/file", UriKind.Relative));
            ask.Headers.Range = new RangeHeaderValue(from, to);
            using var answer = await app.Client.SendAsync(ask);
            if (answer.StatusCode == HttpStatusCode.PartialContent)
            {
                var bytes = await answer.Content.ReadAsByteArrayAsync();
                Assert.True(whole.AsSpan(from, to - from + 1).SequenceEqual(bytes), $"bytes {from} to {to}");
            }
            else
            {
                await ExportEndpointsTests.AssertProblemAsync(answer, 410);
            }

            answers.Add(answer.StatusCode);
        }
    }

    private Task RemoveAsync(Guid id, bool expires)
    {
        if (expires)
        {
            return app.Database.ExecuteAsync($"UPDATE exporthub.export SET expires_at = now() WHERE id = '{id}'");
        }

        File.Delete(Assert.Single(app.Stored(id)));
        return Task.CompletedTask;
    }
}
