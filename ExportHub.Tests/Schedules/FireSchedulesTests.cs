using System.Collections.Concurrent;
using ExportHub.Database;
using ExportHub.Notifications;
using ExportHub.Schedules;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ExportHub.Tests.Schedules;

/// <summary>What becomes due, as rows. No clock but that of the database has a part in it.</summary>
public sealed class FireSchedulesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly Guid[] None = [];

    private readonly ConcurrentQueue<News> told = [];

    [Fact]
    public async Task Several_schedulers_at_once_make_each_occurrence_once_and_lose_none()
    {
        await database.ExecuteAsync("""
            INSERT INTO exporthub.schedule (id, owner, name, dataset, request, timing, time_zone, missed, next_at)
            SELECT gen_random_uuid(), 'many', 'schedule ' || n, 'many', '{}', '{"kind": "cron", "cron": "*/30 * * * *"}', 'Europe/Berlin', 'all',
                date_bin('30 minutes', now(), '2000-01-01Z') - interval '2 hours'
            FROM generate_series(1, 200) AS n
            """);
        var first = await database.CountAsync("SELECT extract(epoch FROM min(next_at))::bigint FROM exporthub.schedule WHERE owner = 'many'");

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => NewScheduler().FireAsync(default)));

        // Five for each, six should half an hour have ended just then.
        var due = await database.CountAsync($"SELECT sum(extract(epoch FROM next_at)::bigint - {first})::bigint / 1800 FROM exporthub.schedule WHERE owner = 'many'");
        Assert.InRange(due, 1000, 1200);
        Assert.Equal(due, await database.CountAsync("SELECT count(DISTINCT (schedule_id, due_at)) FROM exporthub.occurrence WHERE schedule_id IN (SELECT id FROM exporthub.schedule WHERE owner = 'many')"));
        Assert.Equal(0, await database.CountAsync("SELECT count(*) FROM exporthub.schedule WHERE owner = 'many' AND next_at <= now() - interval '1 minute'"));
    }

    [Theory]
    [InlineData("one", 1)]
    [InlineData("all", 12)]
    [InlineData("none", 0)]
    public async Task Of_twelve_runs_that_were_missed_in_six_hours_as_many_are_made_as_the_schedule_says(string missed, int made)
    {
        // Every half hour, the last of them 20 minutes ago.
        var id = await AddAsync("{minute} * * * *", "now() - interval '20 minutes' - interval '5 hours 30 minutes'", missed: missed);

        await NewScheduler().FireAsync(default);

        Assert.Equal(made, await CountAsync(id, "status = 'waiting'"));
        Assert.Equal(12 - made, await CountAsync(id, "status = 'skipped' AND reason IS NOT NULL AND settled_at IS NOT NULL"));
        Assert.Equal(made < 12 ? [(NewsKind.Missed, $"/schedules/{id}")] : [], told.Where(news => news.ScheduleId == id).Select(news => (news.Kind, news.Page)));
        Assert.Equal(made == 1 ? 1 : 0, await CountAsync(id, "status = 'waiting' AND due_at > now() - interval '21 minutes' AND (SELECT missed FROM exporthub.schedule WHERE id = schedule_id) = 'one'"));
    }

    [Fact]
    public async Task Across_clock_changes_a_time_of_day_is_once_a_day_and_an_interval_is_in_each_hour()
    {
        var daily = await AddAsync("30 2 * * *", "'2024-03-30T01:30Z'", zone: "Europe/Berlin");
        var interval = await AddAsync("*/30 * * * *", "'2024-10-27T00:00Z'", zone: "Europe/Berlin");

        await NewScheduler().FireAsync(default);

        Assert.Equal(["03-30 01:30", "03-31 01:00", "04-01 00:30"], await DueAsync(daily, "2024-03-30", "2024-04-02"));
        Assert.Equal(["10-26 00:30", "10-27 00:30", "10-28 01:30"], await DueAsync(daily, "2024-10-26", "2024-10-29"));
        Assert.Equal(["10-27 00:00", "10-27 00:30", "10-27 01:00", "10-27 01:30", "10-27 02:00"], (await DueAsync(interval, "2024-10-27", "2024-10-28")).Take(5));
    }

    [Fact]
    public async Task What_was_made_already_is_not_made_again()
    {
        var id = await AddAsync("{minute} * * * *", "now() - interval '20 minutes'");
        await NewScheduler().FireAsync(default);
        await database.ExecuteAsync($"UPDATE exporthub.occurrence SET status = 'skipped', reason = 'done', settled_at = now() WHERE schedule_id = '{id}'");
        await database.ExecuteAsync($"UPDATE exporthub.schedule SET next_at = (SELECT min(due_at) FROM exporthub.occurrence WHERE schedule_id = '{id}') WHERE id = '{id}'");

        await NewScheduler().FireAsync(default);

        Assert.Equal(1, await CountAsync(id, "status = 'skipped' AND reason = 'done'"));
        Assert.Equal(1, await CountAsync(id, "true"));
    }

    [Fact]
    public async Task One_that_cannot_be_fired_stops_no_other()
    {
        var unknownZone = await AddAsync("0 0 * * *", "now() - interval '10 minutes'", zone: "Europe/Atlantis");
        var unreadable = await AddAsync("0 0 * * *", "now() - interval '9 minutes'");
        await database.ExecuteAsync($"UPDATE exporthub.schedule SET timing = '{{\"kind\": \"whenever\"}}' WHERE id = '{unreadable}'");
        var sound = await AddAsync("0 0 * * *", "now() - interval '1 minute'");

        await NewScheduler().FireAsync(default);

        Assert.Equal(1, await CountAsync(sound, "status = 'waiting'"));
        Assert.Equal(1, await CountAsync(unknownZone, "status = 'failed' AND reason LIKE '%Europe/Atlantis%'"));
        Assert.Equal(NewsKind.Paused, Assert.Single(told, news => news.ScheduleId == unknownZone).Kind);
        Assert.Equal(1, await database.CountAsync($"SELECT count(*) FROM exporthub.schedule WHERE id = '{unknownZone}' AND paused_reason LIKE '%Europe/Atlantis%' AND paused_by IS NULL AND next_at IS NULL"));
        Assert.Equal(1, await database.CountAsync($"SELECT count(*) FROM exporthub.schedule WHERE id = '{unreadable}' AND next_at IS NOT NULL"));
        await database.ExecuteAsync($"UPDATE exporthub.schedule SET deleted_at = now(), next_at = NULL WHERE id = '{unreadable}'");
    }

    [Fact]
    public async Task A_scheduler_that_dies_at_it_leaves_it_to_the_next()
    {
        var id = await AddAsync("{minute} * * * *", "now() - interval '20 minutes'");
        await using (var dying = await FiringSession.TryTakeAsync(new AppDatabase(database.Pool), None, default))
        {
            await dying!.AddAsync([new DueRun(dying.Due.NextAt)], default);
            Assert.Null(await FiringSession.TryTakeAsync(new AppDatabase(database.Pool), None, default));
        }

        Assert.Equal(0, await CountAsync(id, "true"));
        await NewScheduler().FireAsync(default);
        Assert.Equal(1, await CountAsync(id, "status = 'waiting'"));
    }

    [Fact]
    public async Task What_an_engine_forgot_is_seen_after_two_minutes()
    {
        var scheduler = NewScheduler();
        await scheduler.FireAsync(default);
        await database.ExecuteAsync("UPDATE exporthub.occurrence SET try_at = now() WHERE status = 'waiting'");
        var id = await AddAsync("0 0 * * *", "now() - interval '1 minute'");
        Assert.False(await scheduler.IsForgottenAsync(default));

        await database.ExecuteAsync($"UPDATE exporthub.schedule SET next_at = now() - interval '3 minutes' WHERE id = '{id}'");

        Assert.True(await scheduler.IsForgottenAsync(default));
    }

    private Task Tell(News news, CancellationToken cancel)
    {
        told.Enqueue(news);
        return Task.CompletedTask;
    }

    private FireSchedules NewScheduler() => new(
        new AppDatabase(database.Pool), null!, Tell, Options.Create(new SchedulesOptions()), NullLogger<FireSchedules>.Instance);

    /// <param name="cron">`{minute}` stands for every half hour that the first time is in.</param>
    private async Task<Guid> AddAsync(string cron, string nextAt, string zone = "UTC", string missed = "all")
    {
        var id = Guid.CreateVersion7();
        await database.ExecuteAsync($$"""
            INSERT INTO exporthub.schedule (id, owner, name, dataset, request, timing, time_zone, missed, next_at)
            SELECT '{{id}}', 'one', '{{id}}', 'one', '{}',
                jsonb_build_object('kind', 'cron', 'cron', replace('{{cron}}', '{minute}', extract(minute FROM first)::int % 30 || ',' || extract(minute FROM first)::int % 30 + 30)),
                '{{zone}}', '{{missed}}', first
            FROM (SELECT date_trunc('minute', ({{nextAt}})::timestamptz) AS first) AS time
            """);
        return id;
    }

    private Task<long> CountAsync(Guid id, string what) => database.CountAsync($"SELECT count(*) FROM exporthub.occurrence WHERE schedule_id = '{id}' AND {what}");

    private async Task<List<string>> DueAsync(Guid id, string from, string to)
    {
        await using var command = database.Pool.CreateCommand(
            $"SELECT to_char(due_at AT TIME ZONE 'UTC', 'MM-DD HH24:MI') FROM exporthub.occurrence WHERE schedule_id = '{id}' AND due_at >= '{from}Z' AND due_at < '{to}Z' ORDER BY due_at");
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        var all = new List<string>();
        while (await reader.ReadAsync())
        {
            all.Add(reader.GetString(0));
        }

        return all;
    }
}
