using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using ExportHub.Tests.Files.Servers;
using ExportHub.Tests.Hostile;
using ExportHub.Tests.RealData;
using Xunit.Abstractions;

namespace ExportHub.Tests.Faults;

/// <summary>As a company runs it: two processes for people, two that work, one database and one S3 server.</summary>
[Collection(DamagedInTurn.Name)]
public sealed class ScaleOutTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly int Exports = FaultForm.Long ? 200 : 24;

    private static readonly (string Dataset, string Format)[] Mix =
    [
        (FaultyRows.Quick, "csv"), (FaultyRows.Second, "xlsx"), (FaultyRows.Steady, "jsonl"), (FaultyRows.Second, "csv"), (FaultyRows.Quick, "xlsx"), (FaultyRows.Second, "json"),
    ];

    private readonly S3Server store = new();
    private FaultySite site = null!;

    public async Task InitializeAsync()
    {
        await store.InitializeAsync();
        site = await FaultySite.OpenAsync();
    }

    public async Task DisposeAsync()
    {
        await site.DisposeAsync();
        await store.DisposeAsync();
    }

    [S3Fact]
    public async Task Two_for_people_and_two_that_work_make_every_file_exactly_although_one_is_killed()
    {
        site.With("Files:Store", "S3").With("Files:S3:Endpoint", store.Address.ToString()).With("Files:S3:Bucket", S3Server.Bucket)
            .With("Files:S3:AccessKey", S3Server.Key).With("Files:S3:SecretKey", S3Server.Key).With("Access:AdminPassword", TestApp.AdminPassword)
            .With("Access:RequireHttps", "false");
        site.With("ExportHub:Role", "Web");
        var web = await Task.WhenAll(site.StartAsync(), site.StartAsync());
        site.With("ExportHub:Role", "Worker");
        var workers = await Task.WhenAll(site.StartAsync(), site.StartAsync());

        var since = Stopwatch.GetTimestamp();
        var asked = await Task.WhenAll(Enumerable.Range(0, Exports).Select(async n =>
            (Id: await PostAsync(web[n % 2], Mix[n % Mix.Length]), Mix[n % Mix.Length].Dataset, Mix[n % Mix.Length].Format)));
        await Until.TrueAsync(async () => await CompletedAsync() >= Exports / 4, "a quarter of the files");
        await site.KillAsync(workers[0]);
        foreach (var (id, dataset, format) in asked)
        {
            Assert.Equal("completed", (await site.EndAsync(id)).Status);
            await AssertExactAsync(web[1], id, dataset, format);
        }

        var again = await site.AskAsync<int>("SELECT count(*)::int FROM exporthub.export WHERE attempt > 1");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{Exports} exports in {Stopwatch.GetElapsedTime(since).TotalSeconds:0.0} s with downloading, {again} of them begun again"));
        Assert.InRange(again, 1, Exports);
        Assert.All(web, instance => Assert.DoesNotContain(instance.App.Log, line => line.Contains("attempt 1 started", StringComparison.Ordinal)));
        await AssertOneHouseAsync(web[0].App.Client.BaseAddress!, web[1].App.Client.BaseAddress!);
    }

    /// <summary>Who signs in at the one is in at the other, and the form of the one is taken by the other.</summary>
    private static async Task AssertOneHouseAsync(Uri one, Uri other)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };
        using var first = new HttpClient(handler, disposeHandler: false) { BaseAddress = one };
        using var second = new HttpClient(handler, disposeHandler: false) { BaseAddress = other };
        Assert.Equal(HttpStatusCode.Redirect, (await Access.AccessApp.SignInAsync(first, "admin", TestApp.AdminPassword)).StatusCode);
        Assert.True(await Access.AccessApp.IsInAsync(second));
        var token = await PageForms.TokenAsync(first, "/account");
        var answer = await PageForms.SendAsync(second, "/sign-in?handler=out", [new(PageForms.Token, token)]);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.False(await Access.AccessApp.IsInAsync(first));
    }

    private Task<int> CompletedAsync() => site.AskAsync<int>("SELECT count(*)::int FROM exporthub.export WHERE status = 'completed'");

    private static async Task<Guid> PostAsync(Instance instance, (string Dataset, string Format) what)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/exports") { Content = JsonContent.Create(new { dataset = what.Dataset, format = what.Format }) };
        request.Headers.Add("Idempotency-Key", $"{Guid.NewGuid()}");
        using var answer = await instance.App.Client.SendAsync(request);
        var document = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(answer.IsSuccessStatusCode, document.ToString());
        return document.GetProperty("id").GetGuid();
    }

    /// <summary>What is downloaded is what the row says, and to a reader that did not write it every row is there once, in its place.</summary>
    private async Task AssertExactAsync(Instance instance, Guid id, string dataset, string format)
    {
        var file = await instance.App.Client.GetByteArrayAsync(new Uri($"/api/exports/{id}/file", UriKind.Relative));
        Assert.Equal((await site.FactsAsync(id)).Sha256, Convert.ToHexStringLower(SHA256.HashData(file)));
        var rows = Referee.Read(format, file).Rows.Select(row => (Convert.ToString(row[0], CultureInfo.InvariantCulture), Convert.ToString(row[1], CultureInfo.InvariantCulture)));
        var reference = Referee.Read("csv", FaultyRows.Reference(dataset)).Rows.Select(row => ((string?)row[0], (string?)row[1]));
        Assert.Equal(reference, rows);
    }
}
