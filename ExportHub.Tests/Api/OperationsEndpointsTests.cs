using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ExportHub.Access;
using ExportHub.Tests.Browser;
using Microsoft.Extensions.DependencyInjection;

namespace ExportHub.Tests.Api;

public sealed class OperationsEndpointsTests : IAsyncLifetime
{
    private readonly TestApp app = new();

    public Task InitializeAsync() => app.InitializeAsync();

    public Task DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task The_report_is_the_one_of_the_page()
    {
        var running = await StagedExport.QueuedAsync(app);
        await running.RunningAsync(rows: 10, total: 100);

        var report = await app.Client.GetFromJsonAsync<JsonElement>("/api/operations");

        Assert.Equal("healthy", report.GetProperty("state").GetProperty("level").GetString());
        Assert.Equal(running.Id, report.GetProperty("running")[0].GetProperty("id").GetGuid());
        Assert.Equal("interactive", report.GetProperty("running")[0].GetProperty("lane").GetString());
        Assert.False(report.GetProperty("mode").GetProperty("draining").GetBoolean());
        Assert.Equal(JsonValueKind.Array, report.GetProperty("actions").ValueKind);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{ "reason": null }""")]
    [InlineData("""{ "reason": "  " }""")]
    [InlineData(null)]
    public async Task Without_a_reason_nothing_is_done_and_the_field_is_named(string? body)
    {
        using var content = body is null ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        var answer = await app.Client.PostAsync("/api/operations/drain", content);

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal("Say why, in a few words.", (await JsonAsync(answer)).GetProperty("errors").GetProperty("reason")[0].GetString());
        Assert.Equal(0, await ActionsAsync());
        Assert.False(await IsAsync("draining"));
    }

    [Fact]
    public async Task A_reason_with_a_nul_is_none()
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await ActAsync("drain", "a\0b")).StatusCode);
        Assert.False(await IsAsync("draining"));
    }

    [Fact]
    public async Task A_reason_has_its_limit()
    {
        var answer = await ActAsync("drain", new string('x', 501));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await ActAsync("drain", new string('x', 500))).StatusCode);
    }

    [Fact]
    public async Task A_body_that_a_page_of_another_site_could_send_does_nothing()
    {
        using var text = new StringContent("""{ "reason": "Because." }""", System.Text.Encoding.UTF8, "text/plain");

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await app.Client.PostAsync("/api/operations/pause", text)).StatusCode);
        Assert.False(await IsAsync("intake_paused"));
    }

    [Fact]
    public async Task Paused_refuses_requests_until_it_is_resumed_and_both_are_kept()
    {
        var paused = await ActAsync("pause", " Storage moves. ");

        Assert.Equal(HttpStatusCode.OK, paused.StatusCode);
        Assert.True((await JsonAsync(paused)).GetProperty("intakePaused").GetBoolean());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await app.Client.PostAsJsonAsync("/api/exports", new { dataset = "orders", format = "csv" })).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await ActAsync("pause", "Again.")).StatusCode);

        Assert.Equal(HttpStatusCode.OK, (await ActAsync("resume", "Done.")).StatusCode);
        Assert.Equal("completed", (await app.ExportAsync(new { dataset = "orders", format = "csv" })).GetProperty("status").GetString());
        Assert.Equal([("resume", "Done."), ("pause", "Storage moves.")], await LoggedAsync());
    }

    [Fact]
    public async Task Drained_starts_nothing_until_it_is_undrained()
    {
        await ActAsync("drain", "Restart.");
        var id = await app.PostAsync(new { dataset = "orders", format = "csv" });
        await Until.TrueAsync(async () => await CountAsync($"SELECT count(*) FROM exporthub.export WHERE id = '{id}' AND held") == 1, "a worker that had to leave it");

        var waiting = (await ReportAsync()).GetProperty("waiting")[0];
        Assert.Equal((id, "administrator"), (waiting.GetProperty("id").GetGuid(), waiting.GetProperty("waitsFor").GetString()));
        Assert.Equal("attention", (await ReportAsync()).GetProperty("state").GetProperty("level").GetString());

        Assert.Equal(HttpStatusCode.OK, (await ActAsync("undrain", "Restarted.")).StatusCode);
        Assert.Equal("completed", (await app.EndAsync(id)).GetProperty("status").GetString());
        Assert.Equal([("undrain", "Restarted."), ("drain", "Restart.")], await LoggedAsync());
    }

    [Fact]
    public async Task Anybodys_export_is_canceled_and_tried_again_with_a_reason()
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<People>().AddAsync("anna", []);
        var export = await StagedExport.QueuedAsync(app);
        await export.SetAsync("requested_by = 'anna', due_at = now() + interval '1 day'");

        var canceled = await ActAsync($"exports/{export.Id}/cancel", "It locks a table.");
        Assert.Equal((HttpStatusCode.Accepted, "canceled"), (canceled.StatusCode, (await JsonAsync(canceled)).GetProperty("status").GetString()));
        Assert.Equal(HttpStatusCode.Conflict, (await ActAsync($"exports/{export.Id}/cancel", "Again.")).StatusCode);

        var again = await ActAsync($"exports/{export.Id}/retry", "The table is free.");
        Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
        Assert.Equal("completed", (await app.EndAsync(export.Id)).GetProperty("status").GetString());
        Assert.Equal([("retry", "The table is free."), ("cancel", "It locks a table.")], await LoggedAsync());
        Assert.Equal(2, await CountAsync($"SELECT count(*) FROM exporthub.audit WHERE export_id = '{export.Id}' AND who = 'admin' AND details ? 'reason'"));
        Assert.Equal(HttpStatusCode.NotFound, (await ActAsync($"exports/{Guid.CreateVersion7()}/cancel", "Nobody's.")).StatusCode);
    }

    [Fact]
    public async Task What_the_person_does_who_asked_for_the_export_is_no_act_of_an_administrator()
    {
        var export = await StagedExport.QueuedAsync(app);

        Assert.Equal(HttpStatusCode.Accepted, (await app.Client.PostAsync($"/api/exports/{export.Id}/cancel", null)).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await app.Client.PostAsync($"/api/exports/{export.Id}/retry", null)).StatusCode);

        Assert.Equal(0, await ActionsAsync());
    }

    private Task<HttpResponseMessage> ActAsync(string act, string reason) => app.Client.PostAsJsonAsync($"/api/operations/{act}", new { reason });

    private Task<JsonElement> ReportAsync() => app.Client.GetFromJsonAsync<JsonElement>("/api/operations");

    private async Task<IEnumerable<(string?, string?)>> LoggedAsync() =>
        from entry in (await ReportAsync()).GetProperty("actions").EnumerateArray()
        select (entry.GetProperty("act").GetString(), entry.GetProperty("reason").GetString());

    private static Task<JsonElement> JsonAsync(HttpResponseMessage answer) => answer.Content.ReadFromJsonAsync<JsonElement>();

    private Task<long> ActionsAsync() => CountAsync("SELECT count(*) FROM exporthub.audit WHERE details ? 'reason'");

    private async Task<bool> IsAsync(string mode) => await CountAsync($"SELECT count(*) FROM exporthub.service_mode WHERE {mode}") == 1;

    private async Task<long> CountAsync(string sql)
    {
        await using var command = app.Database.Pool.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
