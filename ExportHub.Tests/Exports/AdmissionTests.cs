using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ExportHub.Exports;
using ExportHub.Tests.Api;
using Microsoft.Extensions.DependencyInjection;

namespace ExportHub.Tests.Exports;

public sealed class AdmissionTests : IAsyncLifetime
{
    private readonly TestApp app = new();

    public Task InitializeAsync() => app.InitializeAsync();

    public Task DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task An_export_that_does_not_fit_is_refused_with_a_sentence()
    {
        app.With("Files:RefuseWithoutRoom", "true").With("Files:ReserveBytes", $"{long.MaxValue / 2}");

        var problem = await ExportEndpointsTests.AssertProblemAsync(await PostAsync(), (int)HttpStatusCode.InsufficientStorage);

        Assert.Contains("not enough room", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, await app.Database.CountAsync("SELECT count(*) FROM exporthub.export"));
    }

    [Fact]
    public async Task A_person_with_enough_files_is_told_the_quota()
    {
        app.With("Exports:QuotaBytes", "10");

        var problem = await ExportEndpointsTests.AssertProblemAsync(await PostAsync(), (int)HttpStatusCode.Conflict);

        Assert.Contains("what one person may have", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_paused_intake_refuses_and_what_was_accepted_goes_on()
    {
        var before = await app.PostAsync(Request);
        Assert.True(await Modes.PauseIntakeAsync(true, new AdminAct("a test"), default));

        await ExportEndpointsTests.AssertProblemAsync(await PostAsync("another"), (int)HttpStatusCode.ServiceUnavailable);
        Assert.Equal("completed", (await app.EndAsync(before)).GetProperty("status").GetString());

        Assert.True(await Modes.PauseIntakeAsync(false, new AdminAct("a test"), default));
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync()).StatusCode);
    }

    [Fact]
    public async Task A_large_export_goes_to_the_bulk_lane()
    {
        app.With("Exports:BulkBytes", "0");
        Assert.Equal("bulk", (await app.ExportAsync(Request)).GetProperty("queue").GetProperty("lane").GetString());

    }

    [Fact]
    public async Task A_small_export_stays_in_the_interactive_lane()
    {
        Assert.Equal("interactive", (await app.ExportAsync(Request)).GetProperty("queue").GetProperty("lane").GetString());
    }

    [Fact]
    public async Task The_same_request_while_it_is_under_way_is_answered_with_the_export_that_there_is()
    {
        Assert.True(await Modes.DrainAsync(true, new AdminAct("a test"), default));
        var first = await PostAsync();
        var id = await IdAsync(first);

        var second = await PostAsync();

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        Assert.Equal(id, await IdAsync(second));
        Assert.NotEqual(id, await app.PostAsync(Request));
    }

    [Fact]
    public async Task Of_fifty_equal_posts_at_once_one_makes_an_export_with_a_key_or_without()
    {
        Assert.True(await Modes.DrainAsync(true, new AdminAct("a test"), default));

        var plain = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => PostAsync()));
        var keyed = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => PostAsync("same")));

        Assert.Single((await Task.WhenAll(plain.Select(IdAsync))).Distinct());
        Assert.Single((await Task.WhenAll(keyed.Select(IdAsync))).Distinct());
        Assert.Equal(1, plain.Count(answer => answer.StatusCode == HttpStatusCode.Accepted));
        Assert.Equal(2, await app.Database.CountAsync("SELECT count(*) FROM exporthub.export"));
    }

    [Fact]
    public async Task A_key_stands_for_its_export_for_a_day()
    {
        var first = await IdAsync(await PostAsync("daily"));
        await app.EndAsync(first);
        Assert.Equal(first, await IdAsync(await PostAsync("daily")));

        await app.Database.ExecuteAsync("UPDATE exporthub.export SET requested_at = now() - interval '25 hours'");

        Assert.NotEqual(first, await IdAsync(await PostAsync("daily")));
    }

    private static object Request => new { dataset = "orders", format = "csv" };

    private ServiceModeStore Modes => app.Services.GetRequiredService<ServiceModeStore>();

    private Task<HttpResponseMessage> PostAsync(string? key = null)
    {
        var post = new HttpRequestMessage(HttpMethod.Post, "/api/exports") { Content = JsonContent.Create(Request) };
        if (key is not null)
        {
            post.Headers.Add("Idempotency-Key", key);
        }

        return app.Client.SendAsync(post);
    }

    private static async Task<Guid> IdAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
}
