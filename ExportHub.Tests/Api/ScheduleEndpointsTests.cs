using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ExportHub.Schedules;
using ExportHub.Tests.Access;
using Microsoft.Extensions.DependencyInjection;

namespace ExportHub.Tests.Api;

/// <summary>Schedules for programs. Of <see cref="RightsApp"/>: anna of sales sees deals of her region, dora may only look, cleo does not see them.</summary>
public sealed class ScheduleEndpointsTests(RightsApp rights) : IClassFixture<RightsApp>
{
    private static readonly object Daily = new { kind = "daily", at = "02:30" };

    [Fact]
    public async Task A_schedule_is_made_read_changed_paused_resumed_and_deleted()
    {
        var anna = await rights.AsAsync("anna");
        var made = await AddAsync(anna);
        var address = Address(made);

        Assert.Equal(("anna", "Every day at 02:30, Europe/Berlin time"), (made.GetProperty("owner").GetString(), made.GetProperty("words").GetString()));
        Assert.True(made.GetProperty("nextAt").GetDateTimeOffset().Offset.TotalHours is 1 or 2);
        var changed = await ReadAsync(await anna.PutAsJsonAsync(address, Draft(timing: new { kind = "weekly", at = "06:30", weekdays = new[] { "monday", "thursday" } }, missed: "none")));
        Assert.Equal(("Every Monday and Thursday at 06:30, Europe/Berlin time", "none"), (changed.GetProperty("words").GetString(), changed.GetProperty("missed").GetString()));
        var paused = await ReadAsync(await anna.PostAsJsonAsync($"{address}/pause", new { reason = "holidays" }));
        Assert.Equal((JsonValueKind.Null, "anna", "holidays"), (paused.GetProperty("nextAt").ValueKind, paused.GetProperty("pausedBy").GetString(), paused.GetProperty("pausedReason").GetString()));
        var resumed = await ReadAsync(await anna.PostAsync(new Uri($"{address}/resume", UriKind.Relative), null));
        Assert.InRange(resumed.GetProperty("nextAt").GetDateTimeOffset(), resumed.GetProperty("changedAt").GetDateTimeOffset(), DateTimeOffset.MaxValue);
        Assert.Equal(HttpStatusCode.NoContent, (await anna.DeleteAsync(address)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await anna.GetAsync(address)).StatusCode);
    }

    [Fact]
    public async Task Before_it_is_saved_the_next_five_runs_are_told_with_their_days()
    {
        var anna = await rights.AsAsync("anna");

        var seen = await ReadAsync(await anna.PostAsJsonAsync("/api/schedules/preview", Draft(timing: new { kind = "cron", cron = "30 2 * 3,10 SUN" })));

        var runs = seen.GetProperty("runs").EnumerateArray().ToList();
        Assert.Equal(5, runs.Count);
        Assert.All(runs, run => Assert.Equal(run.GetProperty("utc").GetDateTimeOffset(), run.GetProperty("at").GetDateTimeOffset()));
        Assert.Equal(JsonValueKind.Null, runs[0].GetProperty("from").ValueKind);
        Assert.Contains(runs, run => run.GetProperty("clockNote").GetString()?.StartsWith("The clocks are put ", StringComparison.Ordinal) == true);
        Assert.DoesNotContain(
            (await anna.GetFromJsonAsync<JsonElement>("/api/schedules")).GetProperty("items").EnumerateArray(), one => one.GetProperty("timing").GetProperty("kind").GetString() == "cron");
    }

    [Fact]
    public async Task Every_fault_is_told_at_once_with_its_field()
    {
        var anna = await rights.AsAsync("anna");

        var answer = await anna.PostAsJsonAsync("/api/schedules", new
        {
            name = "", request = new { dataset = "deals", format = "csv", columns = new[] { "iban" } }, timing = new { kind = "cron", cron = "* * * * *" }, timeZone = "Mars/Base",
            guard = new { factor = 0, pauseAfter = 0 }, keepDays = 0,
        });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(
            ["columns[0]", "guard.factor", "guard.pauseAfter", "keepDays", "name", "timeZone", "timing.cron"],
            (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateObject().Select(error => error.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Who_may_not_export_makes_no_schedule()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await (await rights.AsAsync("dora")).PostAsJsonAsync("/api/schedules", Draft())).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await (await rights.AsAsync("cleo")).PostAsJsonAsync("/api/schedules", Draft())).StatusCode);
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("PUT", "")]
    [InlineData("DELETE", "")]
    [InlineData("POST", "/pause")]
    [InlineData("POST", "/resume")]
    [InlineData("POST", "/owner")]
    [InlineData("POST", "/run")]
    [InlineData("POST", "/backfill")]
    [InlineData("GET", "/runs")]
    [InlineData("POST", "/runs/0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3b/deliver")]
    [InlineData("POST", "/runs/0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3b/drop")]
    public async Task Somebody_elses_answers_like_one_that_does_not_exist(string verb, string door)
    {
        var bert = await rights.AsAsync("bert");
        var made = await AddAsync(await rights.AsAsync("anna"));

        var (theirs, nothing) = (await SaidAsync(bert, verb, made.GetProperty("id").GetGuid(), door), await SaidAsync(bert, verb, Guid.CreateVersion7(), door));

        Assert.Equal(HttpStatusCode.NotFound, theirs.Status);
        Assert.Equal(nothing, theirs);
    }

    [Fact]
    public async Task A_run_now_says_which_days_it_is_about_and_is_among_the_runs()
    {
        var anna = await rights.AsAsync("anna");
        var address = Address(await AddAsync(anna));

        var answer = await anna.PostAsync(new Uri($"{address}/run", UriKind.Relative), null);

        var run = await ReadAsync(answer);
        Assert.Equal((HttpStatusCode.Accepted, "now", "running"), (answer.StatusCode, run.GetProperty("origin").GetString(), run.GetProperty("status").GetString()));
        Assert.Equal(answer.Headers.Location!.ToString(), run.GetProperty("export").GetString());
        await rights.App.EndAsync(Guid.Parse(run.GetProperty("export").GetString()![^36..]));
        var list = await anna.GetFromJsonAsync<JsonElement>($"{address}/runs?limit=1");
        Assert.Equal(run.GetProperty("id").GetGuid(), Assert.Single(list.GetProperty("items").EnumerateArray()).GetProperty("id").GetGuid());
        Assert.Equal(2, list.GetProperty("items")[0].GetProperty("rows").GetInt64());
        Assert.Empty((await anna.GetFromJsonAsync<JsonElement>(list.GetProperty("next").GetString())).GetProperty("items").EnumerateArray());
        Assert.Equal(HttpStatusCode.Conflict, (await anna.PostAsync(new Uri($"{address}/runs/{run.GetProperty("id").GetGuid()}/deliver", UriKind.Relative), null)).StatusCode);
        Assert.Equal(2, (await ReadAsync(await anna.PostAsJsonAsync($"{address}/backfill", new { from = "2024-03-30", to = "2024-03-31" }))).GetProperty("runs").GetInt32());
        Assert.Equal(HttpStatusCode.BadRequest, (await anna.PostAsJsonAsync($"{address}/backfill", new { from = "2024-03-30" })).StatusCode);
    }

    [Fact]
    public async Task It_runs_under_the_rights_that_the_owner_has_at_that_time()
    {
        var anna = await rights.AsAsync("anna");
        var made = await AddAsync(anna);
        await rights.GiveAsync("anna", [], "");
        try
        {
            var run = Assert.IsType<RunRequest.Asked>(await rights.App.Services.GetRequiredService<RunSchedule>().NowAsync(
                made.GetProperty("id").GetGuid(), new ExportHub.Access.Viewer("admin", SeesAll: true), default)).Occurrence;

            Assert.Equal((OccurrenceStatus.Failed, null), (run.Status, run.ExportId));
            Assert.StartsWith("There is no such dataset.", run.Reason, StringComparison.Ordinal);
        }
        finally
        {
            await rights.GiveAsync("anna", ["sales"], "region=EU");
        }
    }

    [Fact]
    public async Task An_administrator_gives_it_to_somebody_who_has_the_right_to_it()
    {
        var address = Address(await AddAsync(await rights.AsAsync("anna")));
        Assert.Equal(HttpStatusCode.Forbidden, (await (await rights.AsAsync("anna")).PostAsJsonAsync($"{address}/owner", new { owner = "bert" })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await rights.App.Client.PostAsJsonAsync($"{address}/owner", new { owner = "cleo" })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await rights.App.Client.PostAsJsonAsync($"{address}/owner", new { owner = "nobody" })).StatusCode);

        var given = await ReadAsync(await rights.App.Client.PostAsJsonAsync($"{address}/owner", new { owner = "bert" }));

        Assert.Equal("bert", given.GetProperty("owner").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await (await rights.AsAsync("anna")).GetAsync(address)).StatusCode);
    }

    private static object Draft(object? timing = null, string missed = "one") => new
    {
        name = $"{Guid.NewGuid()}", request = new { dataset = "deals", format = "csv" }, timing = timing ?? Daily, timeZone = "Europe/Berlin", missed, guard = new { hold = false },
        delivery = new { mailOwner = false }, keepDays = 5,
    };

    private static async Task<JsonElement> AddAsync(HttpClient client) => await ReadAsync(await client.PostAsJsonAsync("/api/schedules", Draft()));

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        var document = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(answer.IsSuccessStatusCode, document.ToString());
        return document;
    }

    private static Uri Address(JsonElement made) => new($"/api/schedules/{made.GetProperty("id").GetGuid()}", UriKind.Relative);

    private static async Task<(HttpStatusCode Status, string Title)> SaidAsync(HttpClient client, string verb, Guid id, string door)
    {
        using var request = new HttpRequestMessage(new HttpMethod(verb), $"/api/schedules/{id}{door}") { Content = JsonContent.Create(new { }) };
        var answer = await client.SendAsync(request);
        return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("title").GetString()!);
    }
}
