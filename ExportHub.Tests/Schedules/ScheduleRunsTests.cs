using System.Collections.Concurrent;
using System.Text.Json;
using ExportHub.Access;
using ExportHub.Datasets;
using ExportHub.Exports;
using ExportHub.Notifications;
using ExportHub.Schedules;
using Microsoft.Extensions.DependencyInjection;

namespace ExportHub.Tests.Schedules;

/// <summary>Runs of schedules from the time they are due to their end, in the whole application.</summary>
public sealed class ScheduleRunsTests(ScheduleRunsTests.Site site) : IClassFixture<ScheduleRunsTests.Site>
{
    private readonly TestApp app = site.App;

    /// <summary>The application, which tells its news to the test.</summary>
    public sealed class Site : IAsyncLifetime
    {
        public TestApp App { get; } = new();

        internal ConcurrentQueue<News> Told { get; } = [];

        public Task InitializeAsync()
        {
            App.With(services => services.AddSingleton<TellNews>((news, _) =>
            {
                Told.Enqueue(news);
                return Task.CompletedTask;
            }));
            return App.InitializeAsync();
        }

        public Task DisposeAsync() => App.DisposeAsync();
    }

    private static readonly Viewer Admin = new("admin", SeesAll: true);
    private static readonly DateOnly Old = new(2024, 3, 1);

    [Fact]
    public async Task A_due_schedule_makes_a_file_of_the_days_that_its_time_means_in_its_zone()
    {
        // 00:30 on 3 January in Apia is 11:30 on 2 January in UTC.
        var id = await AddAsync(Of("yesterday") with { TimeZone = "Pacific/Apia", Timing = new Timing { Kind = TimingKind.Daily, At = "00:30" }, Missed = MissedRuns.All, KeepDays = 3 });
        await app.Database.ExecuteAsync($"UPDATE exporthub.schedule SET next_at = '2026-01-02T11:30Z', missed = 'one' WHERE id = '{id}'");
        await FireAsync();
        // Of what was missed the last is run; the first is wanted here.
        Assert.IsType<BackfillOutcome.Asked>(await Get<RunSchedule>().BackfillAsync(id, new DateOnly(2026, 1, 3), new DateOnly(2026, 1, 3), Admin, default));
        await FireAsync();

        var run = await SettledAsync(id, new DateTimeOffset(2026, 1, 2, 11, 30, 0, TimeSpan.Zero));

        Assert.Equal((OccurrenceStatus.Completed, OccurrenceOrigin.Backfill), (run.Status, run.Origin));
        var export = (await Get<ExportStore>().FindAsync(run.ExportId!.Value, default))!;
        Assert.Equal(new DateRange("ordered_at", "2026-01-02T00:00:00+13:00", "2026-01-03T00:00:00+13:00", "yesterday"), export.Criteria.DateRange);
        Assert.Equal((24, "Pacific/Apia", run.Id), (export.Rows, export.Criteria.TimeZone, export.OccurrenceId));
        Assert.InRange(export.ExpiresAt!.Value - export.FinishedAt!.Value, TimeSpan.FromDays(3), TimeSpan.FromDays(3.1));
    }

    [Fact]
    public async Task Run_now_makes_the_export_at_once_and_says_its_period()
    {
        var id = await AddAsync(Of("previous_month"));

        var asked = Assert.IsType<RunRequest.Asked>(await Get<RunSchedule>().NowAsync(id, Admin, default));

        Assert.Equal((OccurrenceStatus.Running, OccurrenceOrigin.Now, "admin"), (asked.Occurrence.Status, asked.Occurrence.Origin, asked.Occurrence.AskedBy));
        var month = new DateOnly(asked.Occurrence.DueAt.Year, asked.Occurrence.DueAt.Month, 1);
        Assert.Equal((month.AddMonths(-1), month), (asked.From, asked.To));
        await app.EndAsync(asked.Occurrence.ExportId!.Value);
    }

    [Fact]
    public async Task A_program_that_dies_between_the_export_and_its_row_makes_no_second_export()
    {
        var run = await NowAsync(await AddAsync(Of()));
        await app.Database.ExecuteAsync($"UPDATE exporthub.occurrence SET status = 'waiting', export_id = NULL, try_at = now() WHERE id = '{run.Id}'");

        await Get<StartRuns>().TryAsync(run.Id, default);

        Assert.Equal(run.ExportId, (await FindAsync(run.Id)).ExportId);
        Assert.Equal(1, await app.Database.CountAsync($"SELECT count(*) FROM exporthub.export WHERE occurrence_id = '{run.Id}'"));
    }

    [Fact]
    public async Task A_held_run_waits_for_its_owner()
    {
        var id = await AddAsync(Of() with { Request = Request() with { Filters = [new FilterRequest("id", "lt", JsonSerializer.SerializeToElement(0))] } });
        var (one, other) = (await SettledAsync(id, (await NowAsync(id)).DueAt), await SettledAsync(id, (await NowAsync(id)).DueAt));
        Assert.Equal((OccurrenceStatus.Held, "The file has no rows."), (one.Status, one.Reason));

        Assert.IsType<ScheduleOutcome.Unknown>(await Get<RunSchedule>().ReleaseAsync(one.Id, new Viewer("nobody", SeesAll: false), default));
        Assert.IsType<ScheduleOutcome.Saved>(await Get<RunSchedule>().ReleaseAsync(one.Id, Admin, default));
        Assert.IsType<ScheduleOutcome.Saved>(await Get<RunSchedule>().DropAsync(other.Id, Admin, default));

        Assert.Equal((OccurrenceStatus.Completed, "The file has no rows."), ((await FindAsync(one.Id)).Status, (await FindAsync(one.Id)).Reason));
        Assert.Equal(OccurrenceStatus.Dropped, (await FindAsync(other.Id)).Status);
        Assert.Equal([NewsKind.Held, NewsKind.Ready], ToldOf(one));
        Assert.Equal([NewsKind.Held], ToldOf(other));
        Assert.IsType<ScheduleOutcome.NotPermitted>(await Get<RunSchedule>().DropAsync(one.Id, Admin, default));
    }

    [Fact]
    public async Task A_held_run_that_nobody_decides_on_goes_with_its_file()
    {
        var id = await AddAsync(Of() with { Request = Request() with { Filters = [new FilterRequest("id", "lt", JsonSerializer.SerializeToElement(0))] } });
        var held = await SettledAsync(id, (await NowAsync(id)).DueAt);
        await app.Database.ExecuteAsync($"UPDATE exporthub.export SET expires_at = now() WHERE id = '{held.ExportId}'");

        await Until.TrueAsync(
            async () =>
            {
                await Get<SettleRuns>().RunAsync(default);
                return (await FindAsync(held.Id)).Status == OccurrenceStatus.Dropped;
            },
            "the end of the held run");
        Assert.StartsWith("Nobody decided", (await FindAsync(held.Id)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_stands_out_is_delivered_with_a_remark_where_the_owner_wants_that()
    {
        var id = await AddAsync(Of() with { Guard = new RunGuard { Hold = false } });
        for (var run = 0; run < 3; run++)
        {
            await SettledAsync(id, (await NowAsync(id)).DueAt);
        }

        await app.Database.ExecuteAsync($"UPDATE exporthub.schedule SET request = request || '{{\"limit\": 10}}' WHERE id = '{id}'");
        var last = await SettledAsync(id, (await NowAsync(id)).DueAt);

        Assert.Equal((OccurrenceStatus.Completed, "10 rows, where the last 3 runs had about 1,000."), (last.Status, last.Reason));
    }

    [Fact]
    public async Task After_as_many_failures_as_it_says_a_schedule_is_paused_and_says_why()
    {
        var id = await AddAsync(Of() with { Guard = new RunGuard { PauseAfter = 2 } });
        await app.Database.ExecuteAsync($"UPDATE exporthub.schedule SET request = request || '{{\"columns\": [\"gone\"]}}' WHERE id = '{id}'");

        var run = await NowAsync(id);
        Assert.Equal(OccurrenceStatus.Failed, run.Status);
        Assert.StartsWith("There is no such column.", run.Reason, StringComparison.Ordinal);
        Assert.Null((await ScheduleAsync(id)).PausedAt);
        var last = await NowAsync(id);
        Assert.Equal([NewsKind.Failed], ToldOf(run));
        Assert.Equal([NewsKind.Failed, NewsKind.Paused], ToldOf(last));

        var paused = await ScheduleAsync(id);
        Assert.Equal((2, null, null), (paused.Failures, paused.PausedBy, paused.NextAt));
        Assert.StartsWith("2 runs in a row failed, the last because: There is no such column.", paused.PausedReason, StringComparison.Ordinal);
        Assert.IsType<ScheduleOutcome.Saved>(await Get<SaveSchedule>().ResumeAsync(id, Admin, default));
        Assert.Equal((0, true), ((await ScheduleAsync(id)).Failures, (await ScheduleAsync(id)).NextAt > (await ScheduleAsync(id)).CreatedAt));
    }

    [Fact]
    public async Task An_export_that_somebody_canceled_failed_but_does_not_count()
    {
        var id = await AddAsync(Of() with { Guard = new RunGuard { PauseAfter = 1 } });
        await Get<ServiceModeStore>().DrainAsync(true, new AdminAct("test"), default);
        var run = await NowAsync(id);
        await Get<ExportStore>().CancelAsync(run.ExportId!.Value, Admin, act: null, default);
        await Get<ServiceModeStore>().DrainAsync(false, new AdminAct("test"), default);

        var settled = await SettledAsync(id, run.DueAt);

        Assert.Equal((OccurrenceStatus.Failed, "The export was canceled."), (settled.Status, settled.Reason));
        Assert.Null((await ScheduleAsync(id)).PausedAt);
    }

    [Fact]
    public async Task What_will_pass_is_tried_again_for_a_day_and_then_failed()
    {
        var id = await AddAsync(Of());
        await Get<ServiceModeStore>().PauseIntakeAsync(true, new AdminAct("test"), default);
        var run = await NowAsync(id);
        Assert.Equal((OccurrenceStatus.Waiting, "An administrator has paused new exports."), (run.Status, run.Reason));
        var lost = await NowAsync(id);
        await app.Database.ExecuteAsync($"UPDATE exporthub.occurrence SET try_at = now(), made_at = now() - interval '25 hours' WHERE id = '{lost.Id}'");
        await Get<StartRuns>().TryAsync(lost.Id, default);
        await Get<ServiceModeStore>().PauseIntakeAsync(false, new AdminAct("test"), default);
        await app.Database.ExecuteAsync($"UPDATE exporthub.occurrence SET try_at = now() WHERE id = '{run.Id}'");

        await FireAsync();

        Assert.Equal(OccurrenceStatus.Completed, (await SettledAsync(id, run.DueAt)).Status);
        Assert.Equal([NewsKind.Ready], ToldOf(run));
        Assert.Equal([NewsKind.Failed], ToldOf(lost));
        Assert.Equal((OccurrenceStatus.Failed, "An administrator has paused new exports."), ((await FindAsync(lost.Id)).Status, (await FindAsync(lost.Id)).Reason));
    }

    [Fact]
    public async Task A_run_that_did_not_happen_for_an_hour_raises_an_alarm()
    {
        var id = await AddAsync(Of());
        await Get<ServiceModeStore>().PauseIntakeAsync(true, new AdminAct("test"), default);
        var run = await NowAsync(id);
        await app.Database.ExecuteAsync($"UPDATE exporthub.occurrence SET try_at = now(), made_at = now() - interval '61 minutes' WHERE id = '{run.Id}'");
        await Get<StartRuns>().TryAsync(run.Id, default);
        await Get<ServiceModeStore>().PauseIntakeAsync(false, new AdminAct("test"), default);

        Assert.Equal([NewsKind.Missed], ToldOf(run));
        Assert.Equal(OccurrenceStatus.Waiting, (await FindAsync(run.Id)).Status);
    }

    [Fact]
    public async Task An_owner_who_is_gone_has_no_rights()
    {
        var id = await AddAsync(Of());
        await app.Database.ExecuteAsync($"UPDATE exporthub.schedule SET owner = 'gone' WHERE id = '{id}'");

        var run = await NowAsync(id);

        Assert.Equal((OccurrenceStatus.Failed, "The account of its owner gone is disabled or gone, so it has no rights."), (run.Status, run.Reason));
    }

    [Fact]
    public async Task A_backfill_makes_what_was_due_in_the_days_and_leaves_alone_what_ran()
    {
        var id = await AddAsync(Of("yesterday") with { TimeZone = "Europe/Berlin", Timing = new Timing { Kind = TimingKind.Daily, At = "02:30" }, Guard = new RunGuard { Hold = false } });
        var runs = Get<RunSchedule>();

        Assert.Equal(3, Assert.IsType<BackfillOutcome.Asked>(await runs.BackfillAsync(id, new DateOnly(2024, 3, 30), new DateOnly(2024, 4, 1), Admin, default)).Runs);
        Assert.Equal(0, Assert.IsType<BackfillOutcome.Asked>(await runs.BackfillAsync(id, new DateOnly(2024, 3, 31), new DateOnly(2024, 3, 31), Admin, default)).Runs);
        await FireAsync();
        var sunday = await SettledAsync(id, new DateTimeOffset(2024, 3, 31, 1, 0, 0, TimeSpan.Zero));
        Assert.Equal("2024-03-30T00:00:00+01:00", (await Get<ExportStore>().FindAsync(sunday.ExportId!.Value, default))!.Criteria.DateRange!.From);

        Assert.Contains("to", Assert.IsType<BackfillOutcome.Rejected>(await runs.BackfillAsync(id, Old, Old.AddDays(100), Admin, default)).Errors);
        Assert.Contains("to", Assert.IsType<BackfillOutcome.Rejected>(await runs.BackfillAsync(id, Old, Old.AddDays(-1), Admin, default)).Errors);
        Assert.Contains("from", Assert.IsType<BackfillOutcome.Rejected>(await runs.BackfillAsync(id, DateOnly.MaxValue, DateOnly.MaxValue, Admin, default)).Errors);
        Assert.Contains("from", Assert.IsType<BackfillOutcome.Rejected>(await runs.BackfillAsync(id, DateOnly.MinValue, DateOnly.MinValue, Admin, default)).Errors);
    }

    [Fact]
    public async Task What_people_do_is_in_the_audit()
    {
        var id = await AddAsync(Of());
        var save = Get<SaveSchedule>();
        await save.PauseAsync(id, Admin, "holidays", default);
        await save.ResumeAsync(id, Admin, default);
        await save.ChangeAsync(id, Of("yesterday"), Admin, default);
        await NowAsync(id);
        await save.DeleteAsync(id, Admin, default);

        Assert.Equal(6, await app.Database.CountAsync(
            $"SELECT count(DISTINCT act) FROM exporthub.audit WHERE details ->> 'id' = '{id}' AND act IN ('schedule_made', 'schedule_paused', 'schedule_resumed', 'schedule_changed', 'schedule_run', 'schedule_deleted')"));
        Assert.Equal(1, await app.Database.CountAsync($"SELECT count(*) FROM exporthub.audit WHERE details ->> 'id' = '{id}' AND act = 'schedule_paused' AND details ->> 'reason' = 'holidays'"));
    }

    private static ExportRequest Request() => new() { Dataset = "orders", Format = "csv" };

    private static ScheduleDraft Of(string? relative = null) => new()
    {
        Name = $"{Guid.NewGuid()}", Request = Request() with { DateRange = relative is null ? null : new DateRangeRequest(Relative: relative) }, TimeZone = "UTC",
        Timing = new Timing { Kind = TimingKind.Monthly, At = "06:00", Day = 1 },
    };

    /// <summary>Told again is told once.</summary>
    private IEnumerable<NewsKind> ToldOf(Occurrence run) => site.Told.Where(news => news.OccurrenceId == run.Id).DistinctBy(news => news.Key).Select(news => news.Kind);

    private T Get<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    private async Task<Guid> AddAsync(ScheduleDraft draft) => Assert.IsType<ScheduleOutcome.Saved>(await Get<SaveSchedule>().AddAsync(draft, Admin, default)).Id;

    private async Task<Schedule> ScheduleAsync(Guid id) => (await Get<PermittedSchedules>().FindAsync(id, Admin, default))!;

    private async Task<Occurrence> NowAsync(Guid id) => Assert.IsType<RunRequest.Asked>(await Get<RunSchedule>().NowAsync(id, Admin, default)).Occurrence;

    private async Task<Occurrence> FindAsync(Guid id) => (await Get<OccurrenceStore>().FindAsync(id, default))!;

    private Task FireAsync() => Get<FireSchedules>().RunAsync(default);

    private Task<Occurrence> SettledAsync(Guid schedule, DateTimeOffset dueAt) => Until.AnswerAsync(
        async () =>
        {
            await Get<SettleRuns>().RunAsync(default);
            return (await Get<OccurrenceStore>().ListAsync(schedule, dueAt, dueAt.AddTicks(10), default)) is [{ Status: not (OccurrenceStatus.Waiting or OccurrenceStatus.Running) } run] ? run : null;
        },
        "the end of the run");
}
